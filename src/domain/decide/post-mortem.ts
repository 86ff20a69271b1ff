import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import { type Incident, reference } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { type WrittenSection, writtenSections } from "../vocab.ts";

/** A section that stands as it is stored is left alone, so that its author and time stay those of the last real change. */
export function writeSections(state: Incident, command: CommandNamed<"WriteSections">): Decision {
  const { at, actor } = command;
  const isMarkdown = (name: WrittenSection) => command.markdown?.includes(name) ?? false;
  const sections = Object.fromEntries(
    writtenSections.flatMap((name) => {
      const text = command.sections[name];
      const stands = state.sections[name];
      const isChange =
        text &&
        (text.body?.trim() !== (stands?.text.body?.trim() ?? "") ||
          (stands && stands.markdown !== isMarkdown(name)));
      return isChange ? [[name, text]] : [];
    }),
  );
  if (Object.keys(sections).length === 0)
    return refuse("nothing_written", "Nothing was changed: every section stands as it was.");
  const markdown = writtenSections.filter((name) => sections[name] && isMarkdown(name));
  const data = { sections, ...(markdown.length > 0 && { markdown }) };
  return {
    events: [{ type: "SectionsWritten", at, actor, data }],
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
