import type { Decision } from "../decision.ts";
import type { Incident } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { archive } from "./archive.ts";
import { cancel, joinChannel, markDuplicate, noteDuplicate } from "./cancel.ts";
import { close, publishPostmortem, waive } from "./close.ts";
import type { EndingCommand } from "./commands.ts";
import { ownPostmortem, remindPostmortem } from "./owner.ts";
import { reopen } from "./reopen.ts";

export function decideEnding(rules: Rules, state: Incident, command: EndingCommand): Decision {
  switch (command.type) {
    case "Close":
      return close(rules, state, command);
    case "Waive":
      return waive(rules, state, command);
    case "PublishPostmortem":
      return publishPostmortem(rules, state, command);
    case "OwnPostmortem":
      return ownPostmortem(state, command);
    case "RemindPostmortem":
      return remindPostmortem(rules, state, command);
    case "Reopen":
      return reopen(rules, state, command);
    case "Cancel":
      return cancel(rules, state, command);
    case "MarkDuplicate":
      return markDuplicate(rules, state, command);
    case "NoteDuplicate":
      return noteDuplicate(state, command);
    case "JoinChannel":
      return joinChannel(state, command);
    case "KeepChannel":
    case "AnnounceArchiving":
    case "ArchiveWhenDue":
      return archive(rules, state, command);
    default:
      return command satisfies never;
  }
}
