import type { CommandNamed } from "../command.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { archivingAt } from "./closing.ts";

type ArchiveCommand = CommandNamed<"KeepChannel" | "AnnounceArchiving" | "ArchiveWhenDue">;

const over = refuse("satisfied", "That archiving is done with.");

/** The channel of a closed incident goes after a notice, unless somebody keeps it. */
export function archive(rules: Rules, state: Incident, command: ArchiveCommand): Decision {
  const { at, actor } = command;
  const { archiving } = state.ending;
  const archived = state.access.lost?.why === "archived";
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
    default:
      return command satisfies never;
  }
}
