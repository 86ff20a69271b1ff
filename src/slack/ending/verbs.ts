import { reference } from "../../domain/incident.ts";
import { namedIncident } from "../../domain/named-incident.ts";
import { answerTo } from "../commands/answers.ts";
import { byAsker, type RunVerb } from "../commands/asked.ts";
import { cut, unquoted } from "../../domain/reading/line.ts";
import { handleInput } from "../input.ts";
import { newWords } from "../room.ts";
import { seenIncident } from "../sight.ts";
import { code } from "../text.ts";
import { reply } from "../views/reply.ts";
import { close } from "./close.ts";
import { openCancel, openDuplicate, openReopen } from "./open.ts";

/** Commands of this folder, by their word. */
export const endingVerbs = {
  close: {
    on: "incident",
    run: (room, asked, { number: incident }) =>
      close(room, { by: { ...byAsker(room, asked), incident }, keys: asked.keys }),
  },
  cancel: {
    on: "incident",
    async run(room, asked, incident, rest) {
      if (rest === "") return openCancel(room, asked.triggerId, incident);
      const by = { ...byAsker(room, asked), incident: incident.number };
      const reason = newWords(room, unquoted(rest));
      const { keys } = asked;
      return answerTo(room, await handleInput(room, { type: "Cancel", ...by, reason }, { keys }));
    },
  },
  reopen: {
    on: "incident",
    async run(room, asked, incident, rest) {
      if (rest === "") return openReopen(room, asked.triggerId, incident);
      const by = { ...byAsker(room, asked), incident: incident.number };
      const reason = newWords(room, unquoted(rest));
      const { keys } = asked;
      return answerTo(room, await handleInput(room, { type: "Reopen", ...by, reason }, { keys }));
    },
  },
  duplicate: {
    on: "incident",
    async run(room, asked, incident, rest) {
      if (rest === "") return openDuplicate(room, asked.triggerId, incident);
      const [word, more] = cut(rest.replace(/^of\s+/i, ""));
      const of = more === "" ? namedIncident(word) : null;
      const { command, keys } = asked;
      if (of === null)
        return reply(
          `Nothing was changed: write which incident it is the same as, ${code(`${command} duplicate INC-41`)}.`,
        );
      if (!(await seenIncident(room, asked, of)))
        return reply(`There is no ${reference(of)}. ${code(`${command} list`)} shows the open ones.`);
      const by = { ...byAsker(room, asked), incident: incident.number };
      return answerTo(room, await handleInput(room, { type: "MarkDuplicate", ...by, of }, { keys }));
    },
  },
} satisfies Readonly<Record<string, RunVerb>>;
