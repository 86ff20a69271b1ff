import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventOf } from "../../src/domain/event.ts";
import { sectionNames, writtenSections } from "../../src/domain/vocab.ts";
import { unescapeText } from "../../src/domain/words.ts";
import { buildPostmortem } from "../../src/postmortem/build.ts";
import { readImport } from "../../src/postmortem/import.ts";
import type { Material } from "../../src/postmortem/material.ts";
import { declaredAt, rules } from "../domain/given.ts";
import { anyAct, perform } from "../slack/imagined-acts.ts";
import { actorOf, ImaginedIncident, wordsmith } from "../slack/imagined-incident.ts";
import { hostile } from "./hostile-text.ts";

const names = new Map(Array.from({ length: 9 }, (_, at) => [`U${at + 1}`, `person${at + 1}`]));
const isWriting = (event: { type: string }): event is EventOf<"SectionsWritten"> =>
  event.type === "SectionsWritten";

it("what people wrote stands in the document as they wrote it last, whatever happens to the incident", () => {
  fc.assert(
    fc.property(fc.array(anyAct(hostile), { minLength: 1, maxLength: 40, size: "max" }), (happening) => {
      const incident = new ImaginedIncident(rules, names, declaredAt);
      const words = wordsmith();
      incident.does({
        type: "Declare",
        at: incident.at,
        actor: actorOf(0),
        number: 1,
        title: words("checkout 500s"),
        severity: "SEV2",
        private: false,
        drill: false,
        services: [],
        declaredIn: "C0GEN",
      });
      incident.passes(0);
      const sections = Object.fromEntries(writtenSections.map((name) => [name, words(`Of ${name}.`)]));
      incident.does({ type: "WriteSections", at: incident.at, actor: actorOf(1), incident: 1, sections });
      for (const act of happening) perform(incident, act, words);

      const material: Material = {
        incident: incident.state,
        events: incident.events.map((event) => ({ event, recordedAt: event.at })),
        messages: [],
        people: new Map([...names].map(([id, name]) => [id, { name }])),
        teamUrl: "https://acme.slack.com/",
        rules,
      };
      const { markdown } = buildPostmortem(material);
      for (const name of writtenSections) {
        const last = incident.events.filter(isWriting).findLast(({ data }) => data.sections[name]);
        const { text, markdown: isMarkdown, by, at } = incident.state.sections[name] ?? {};
        expect({ text, isMarkdown, by, at }).toEqual({
          text: last?.data.sections[name],
          isMarkdown: last?.data.markdown?.includes(name) ?? false,
          by: last?.actor,
          at: last?.at,
        });
        const first = `## ${sectionNames[name]}\n\nOf ${name}.\n`;
        expect(markdown.includes(first)).toBe(unescapeText(text?.body ?? "") === `Of ${name}.`);
      }
      const again = readImport(markdown, material);
      expect("fault" in again ? again.fault : again.taken).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
