import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import { type Incident, reference } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { writtenSections } from "../vocab.ts";

/** A section that stands as it is stored is left alone, so that its author and time stay those of the last real change. */
export function writeSections(state: Incident, command: CommandNamed<"WriteSections">): Decision {
  const { at, actor } = command;
  const sections = Object.fromEntries(
    writtenSections.flatMap((name) => {
      const text = command.sections[name];
      const isChange = text && text.body?.trim() !== (state.sections[name]?.text.body?.trim() ?? "");
      return isChange ? [[name, text]] : [];
    }),
  );
  if (Object.keys(sections).length === 0)
    return refuse("nothing_written", "Nothing was changed: every section stands as it was.");
  return {
    events: [{ type: "SectionsWritten", at, actor, data: { sections } }],
    answer: { type: "SectionsWritten", number: state.number },
  };
}

/** Anybody who sees the incident may have its post-mortem, at any stage. */
export function exportPostmortem(
  state: Incident,
  { at, actor, copy, to }: CommandNamed<"ExportPostmortem">,
): Decision {
  const { number } = state;
  if (to === null && !hasRoom(state)) return refuse("no_channel", `${reference(number)} has no channel yet.`);
  return {
    events: [{ type: "ExportAsked", at, actor, data: { copy, to } }],
    answer: { type: "ExportAsked", number, to },
  };
}
