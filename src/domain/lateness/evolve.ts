import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { instantOfTs } from "../time.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveLate({ late, posts }: Incident, event: IncidentEvent): Partial<Incident> {
  const { at, type, data } = event;
  switch (type) {
    case "PromptsCameLate": {
      const more = Object.entries(data.due).map(([slot, due]) => [slot, { due, at }] as const);
      return { late: { ...late, ...Object.fromEntries(more) } };
    }
    // What is posted in its place later is not late.
    case "MessageGone": {
      const post = posts[data.slot];
      const one = late[data.slot];
      return post && one && instantOfTs(post.ts) >= one.at ? { late: without(late, data.slot) } : {};
    }
    // *What's missing* stays for what else is, and is no reminder any more.
    case "RoleTaken":
      return data.role === "commander" ? { late: without(late, "missing") } : {};
    default:
      return {};
  }
}

const without = (late: Incident["late"], gone: string): Incident["late"] =>
  Object.fromEntries(Object.entries(late).filter(([slot]) => slot !== gone));
