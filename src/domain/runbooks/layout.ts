import { plainSpans, type RunbookBlock, type RunbookSection } from "./document.ts";

/** A message holds 50 blocks and about 13,000 characters; names and times are added as steps are done. */
const mostBlocks = 40;
const mostText = 7000;
const perBlock = 120;

/**
 * A runbook in as many messages as it takes, each with whole blocks in their order. It depends on the sections alone, so
 * that a step stays in its message.
 */
export function layOut(sections: readonly RunbookSection[]): RunbookSection[][] {
  const parts: RunbookSection[][] = [];
  let part: RunbookSection[] = [];
  let blocks = 0;
  let text = 0;
  const turn = () => {
    if (part.length > 0) parts.push(part);
    [part, blocks, text] = [[], 0, 0];
  };
  for (const { heading, blocks: all } of sections) {
    let open: RunbookSection | undefined;
    const begin = () => {
      open = { heading: open ? "" : heading, blocks: [] };
      part.push(open);
    };
    // A heading does not stand alone at the end of a message.
    if (blocks + 2 > mostBlocks || text + lengthOf(all[0]) > mostText) turn();
    begin();
    for (const block of all) {
      const length = lengthOf(block);
      if (blocks + 1 > mostBlocks || (text > 0 && text + length > mostText)) {
        turn();
        begin();
      }
      open?.blocks.push(block);
      blocks += 1;
      text += length;
    }
  }
  turn();
  return parts.length > 0 ? parts : [[]];
}

function lengthOf(block: RunbookBlock | undefined): number {
  if (block === undefined) return perBlock;
  return (block.kind === "code" ? block.code.length : plainSpans(block.spans).length) + perBlock;
}

/** In which message a step stands, from 0. */
export const partOfStep = (sections: readonly RunbookSection[], step: string): number =>
  layOut(sections).findIndex((part) =>
    part.some(({ blocks }) => blocks.some((block) => block.kind === "step" && block.id === step)),
  );
