import { describe, expect, it } from "vitest";
import { explained, helpGroups } from "../../src/slack/commands/explained.ts";
import { nearestTo } from "../../src/slack/commands/nearest.ts";
import { parseLine } from "../../src/slack/commands/parse.ts";
import { partVerbs } from "../../src/slack/commands/part-verbs.ts";
import { aliases, verbOf, verbs } from "../../src/slack/commands/vocabulary.ts";
import { helpView } from "../../src/slack/views/help.ts";
import { rules } from "../domain/given.ts";

/** As `help` lists them. */
const documented =
  `declare new open create start assess update post note status severity sev title rename subject lead ic commander
role roles handover ask mitigate decide escalate ack page oncall runbook log timeline action followup todo actions resolve fixed
close reopen cancel duplicate postmortem pm retro export list ls stats snooze subscribe unsubscribe help`.split(
    /\s+/,
  );

describe("the vocabulary", () => {
  it("has the words that users are promised, and each once", () => {
    expect([...verbOf.keys()].toSorted()).toEqual(documented.toSorted());
    expect(verbs.flatMap((verb) => [verb, ...aliases[verb]])).toHaveLength(documented.length);
  });

  it("has for every command somebody who carries it out", () => {
    const own = verbs.filter((verb) => parseLine(verb).kind === "part");
    expect(own.length).toBeGreaterThan(15);
    expect(Object.keys(partVerbs).toSorted()).toEqual(own.toSorted());
  });

  it("understands each of its own words, in any case, as that command and nothing else", () => {
    for (const [word, verb] of verbOf) {
      const parsed = parseLine(word);
      expect(parseLine(word.toUpperCase()), word).toEqual(parsed);
      expect(parsed, word).toEqual(parseLine(verb));
      expect(["unknown", "unclear"], word).not.toContain(parsed.kind);
    }
  });

  it("understands its own examples", () => {
    for (const verb of verbs)
      for (const example of explained[verb].examples)
        expect(["unknown", "unclear", "nothing"], example).not.toContain(parseLine(example).kind);
  });

  it("finds every word of five letters and more again when one is missing", () => {
    const slips = [...verbOf.keys()]
      .filter((word) => word.length >= 5)
      .map((word) => ({ word, slip: word.slice(0, 2) + word.slice(3) }));
    const lost = slips.filter(
      ({ word, slip }) => verbOf.get(nearestTo(slip, false) ?? "") !== verbOf.get(word),
    );
    expect(lost).toEqual([]);
  });
});

describe("help", () => {
  it("names every command once, in groups that a phone shows unfolded", () => {
    expect(helpGroups.flatMap((group) => group.verbs).toSorted()).toEqual([...verbs].toSorted());
    const { blocks } = helpView("/incident", null, rules);
    const texts = blocks.flatMap((block) => (block.type === "section" ? [block.text?.text ?? ""] : []));
    expect(texts).toHaveLength(helpGroups.length + 2);
    for (const text of texts) {
      expect(text.length).toBeLessThan(700);
      for (const line of text.split("\n").slice(1)) expect(line.length, line).toBeLessThanOrEqual(70);
    }
  });
});
