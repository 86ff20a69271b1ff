import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import { type Incident, reference } from "../incident.ts";

/** At any stage: a post-mortem may need a better one. The channel keeps the name under which people know it. */
export function setTitle(state: Incident, { at, actor, title }: CommandNamed<"SetTitle">): Decision {
  const { number, title: from } = state;
  const wanted = title.body?.trim();
  if (!wanted) return refuse("no_title", "An incident needs a title: what do people see?", "title");
  if (wanted === from.body?.trim())
    return refuse("same_title", `${reference(state)} has that title already.`, "title");
  return {
    events: [{ type: "TitleChanged", at, actor, data: { from, to: title } }],
    answer: { type: "TitleSet", number },
  };
}
