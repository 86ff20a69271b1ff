import { today } from "../../domain/action-items/days.ts";
import { readItemLine } from "../../domain/action-items/due.ts";
import { answerTo } from "../commands/answers.ts";
import { byAsker, type RunVerb } from "../commands/asked.ts";
import { unquoted } from "../../domain/reading/line.ts";
import { somebody } from "../commands/mentioned.ts";
import { handleInput } from "../input.ts";
import { newWords } from "../room.ts";
import { reply } from "../views/reply.ts";
import { itemList } from "./list.ts";
import { openAdd } from "./open.ts";

/** Commands of this folder, by their word. */
export const actionItemsVerbs = {
  action: {
    on: "incident",
    async run(room, asked, incident, rest) {
      if (rest === "") return openAdd(room, asked.triggerId, incident);
      const { rules } = room.handling;
      const by = { ...byAsker(room, asked), incident: incident.number };
      const { text, owner, due } = readItemLine(rest, rules.dateOrder, today(rules, by.at));
      const whose = owner === null ? { people: [] } : await somebody(room, owner);
      if ("sentence" in whose) return reply(`${whose.sentence} Nothing was recorded.`);
      const item = room.newId();
      const outcome = await handleInput(
        room,
        { type: "AddActionItem", ...by, item, text: newWords(room, unquoted(text)), owner, due },
        { keys: asked.keys, people: whose.people },
      );
      // A repeat was given another id the first time: the list has it.
      const isNew = outcome.ok && !outcome.repeated;
      return answerTo(
        room,
        outcome,
        isNew
          ? [
              { label: "Undo", press: { do: "DropItem", incident: incident.number, item } },
              { label: "Edit", press: { do: "EditItem", incident: incident.number, item } },
            ]
          : [],
      );
    },
  },
  actions: { on: "incident", run: (room, _asked, incident) => itemList(room, incident) },
} satisfies Readonly<Record<string, RunVerb>>;
