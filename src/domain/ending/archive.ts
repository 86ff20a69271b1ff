import type { CommandNamed } from "../command.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { archivingAt } from "./closing.ts";

type ArchiveCommand = CommandNamed<
  "KeepChannel" | "AnnounceArchiving" | "ArchiveWhenDue" | "NoteChannelArchived" | "NoteChannelUnarchived"
>;

const over = refuse("satisfied", "That archiving is done with.");

/** The channel of a closed incident goes after a notice, unless somebody keeps it. */
export function archive(rules: Rules, state: Incident, command: ArchiveCommand): Decision {
  const { at, actor } = command;
  const { archiving, archived } = state.ending;
  switch (command.type) {
    case "AnnounceArchiving": {
      if (!archiving || archiving.at !== command.due || archiving.announced || archiving.kept || archived)
        return over;
      // After a down-time the notice still comes as long before.
      const { at: due } = archivingAt(rules, at, archiving.at);
      return noted([{ type: "ArchivingAnnounced", at, actor, data: { at: due } }]);
    }
    case "KeepChannel": {
      if (archiving?.kept) return refuse("kept", "Somebody kept it already: the channel stays.");
      if (!archiving || archiving.at !== command.due || archived)
        return refuse("satisfied", "The channel is not about to be archived.");
      return said(
        [{ type: "ChannelKept", at, actor, data: { at: archiving.at } }],
        state,
        "The channel stays.",
      );
    }
    case "ArchiveWhenDue":
      if (!archiving || archiving.at !== command.due || !archiving.announced || archiving.kept || archived)
        return over;
      return noted([{ type: "ArchivingDue", at, actor, data: { at: archiving.at } }]);
    case "NoteChannelArchived": {
      const { slot, people } = command;
      const isNews = !archived || slot !== null || people.length > 0;
      return noted(isNews ? [{ type: "ChannelArchived", at, actor, data: { slot, people } }] : []);
    }
    case "NoteChannelUnarchived":
      return noted(archived ? [{ type: "ChannelUnarchived", at, actor, data: archived }] : []);
    default:
      return command satisfies never;
  }
}
