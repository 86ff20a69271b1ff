/**
 * Prints a workspace's lines, which name their channel each, under one heading a run of lines. `hides` names channels
 * that only repeat what stands in another.
 */
export function transcriptPrinter(
  print: (text: string) => void,
  hides: (channel: string) => boolean = () => false,
): (line: string) => void {
  let current = "";
  return (line) => {
    const [, channel = current, rest = line] = /^(#direct message|#\S+) (.*)$/s.exec(line) ?? [];
    if (hides(channel)) return;
    if (channel !== current) print(`${current === "" ? "" : "\n"}${channel}\n`);
    current = channel;
    print(`  ${rest}\n`);
  };
}
