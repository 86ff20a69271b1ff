/** What a reader is spared. */
export interface Sparing {
  /** By the place of what happened, `#general` or `@bob` for the direct messages to him, and its first line. */
  hides?: (place: string, line: string) => boolean;
  /** Further lines of one message. */
  longest?: number;
}

/** Prints a workspace's lines, which name their place each, under one heading a run of lines. */
export function transcriptPrinter(
  print: (text: string) => void,
  { hides = () => false, longest = Infinity }: Sparing = {},
): (line: string) => void {
  let heading = "";
  let place = "";
  let isHidden = false;
  let further = 0;
  return (line) => {
    const [, named = place, rest = line] = /^([#@]\S+) (.*)$/s.exec(line) ?? [];
    if (rest.startsWith(" ")) further += 1;
    else {
      place = named;
      isHidden = hides(place, rest);
      further = 0;
    }
    if (isHidden || further > longest + 1) return;
    if (place !== heading) print(`${heading === "" ? "" : "\n"}${headingOf(place)}\n`);
    heading = place;
    print(`  ${further > longest ? "      See more" : rest}\n`);
  };
}

const headingOf = (place: string): string =>
  place.startsWith("@") ? `Direct message to ${place.slice(1)}` : place;
