import type { Outgoing } from "../effect.ts";
import { editMessage, postMessage, timer } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import type { Slot } from "../slot.ts";
import { hasRoom } from "../opening/thread.ts";
import { isRunbooksEvent, type RunbooksEvent } from "./events.ts";
import { layOut, partOfStep } from "./layout.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function runbooksEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  if (isRunbooksEvent(event)) return effectsOfRunbooks(event, state);
  const { at } = event;
  const { number, version, runbooks } = state;
  const offer = () => timer({ type: "OfferRunbooks", incident: number }, version, at);
  switch (event.type) {
    case "ChannelOpened":
      return [
        ...runbooks.offered.map((_, index) => postMessage(number, `runbook-offer:${index}`, at)),
        ...runbooks.posted.map(({ id }) => postMessage(number, `runbook:${id}:0`, at)),
        offer(),
      ];
    case "SeverityChanged":
    case "ServicesChanged":
      return hasRoom(state) ? [offer()] : [];
    case "MessagePosted":
      return nextPart(state, event.data.slot, at);
    default:
      return [];
  }
}

function effectsOfRunbooks(event: RunbooksEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version, runbooks } = state;
  switch (event.type) {
    case "RunbooksOffered":
      return hasRoom(state) ? [postMessage(number, `runbook-offer:${runbooks.offered.length - 1}`, at)] : [];
    case "RunbookPosted":
      return [
        ...(hasRoom(state) ? [postMessage(number, `runbook:${event.data.runbook}:0`, at)] : []),
        ...runbooks.offered.flatMap((names, index) =>
          names.includes(event.data.name) ? [editMessage(number, `runbook-offer:${index}`, at, version)] : [],
        ),
      ];
    case "RunbookStepDone":
    case "RunbookStepUndone": {
      const { runbook, step } = event.data;
      const one = runbooks.posted.find(({ id }) => id === runbook);
      const part = one ? partOfStep(one.sections, step) : -1;
      return part < 0 ? [] : [editMessage(number, `runbook:${runbook}:${part}`, at, version)];
    }
    default:
      return event satisfies never;
  }
}

/** The messages of one runbook follow each other: each brings the next. */
function nextPart({ number, version, runbooks, posts }: Incident, slot: Slot, at: number): Outgoing[] {
  const [, id = "", part = ""] = /^runbook:(.+):(\d+)$/.exec(slot) ?? [];
  const runbook = runbooks.posted.find((one) => one.id === id);
  const next = `runbook:${id}:${Number(part) + 1}`;
  if (!runbook || posts[next] || Number(part) + 1 >= layOut(runbook.sections).length) return [];
  return [postMessage(number, next, at, version)];
}
