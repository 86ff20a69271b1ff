import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../src/domain/incident.ts";
import { addressed } from "../../src/domain/slot.ts";
import { renderSlot, slotKinds } from "../../src/slack/views/render-slot.ts";
import { declaredAt } from "../domain/given.ts";
import { everythingOn } from "./everything-on.ts";
import { anyAct, perform } from "./imagined-acts.ts";
import { actorOf, ImaginedIncident, wordsmith } from "./imagined-incident.ts";

/** What a message is for that could not be shown when it was wanted, and that its incident has outlived. */
type Late =
  /** Shows the incident as it stands, whenever it comes. */
  | "stands"
  /** Tells what was done: it comes late, too, and mentions nobody. */
  | "record"
  /** Wants something of somebody, or helps with what is going on: not any more. */
  | "nudge"
  /** Belongs to the time after the end, as long as it is true. */
  | "aftermath";

const decided: Readonly<Record<string, Late>> = {
  card: "stands",
  announcement: "stands",
  thread: "stands",
  moved: "stands",
  update: "record",
  audience: "record",
  subscribed: "record",
  entry: "record",
  title: "record",
  sections: "record",
  decision: "record",
  mitigation: "record",
  role: "record",
  "ask-done": "record",
  runbook: "record",
  correction: "record",
  ended: "record",
  trouble: "record",
  unannounced: "record",
  action: "record",
  // Answers are a record; the questions alone would be a nudge.
  assessment: "record",
  reminder: "nudge",
  headsup: "nudge",
  missed: "nudge",
  stillopen: "nudge",
  missing: "nudge",
  brief: "nudge",
  handover: "nudge",
  ask: "nudge",
  chase: "nudge",
  "mitigation-check": "nudge",
  // Why there is no rollback would stay to be read, but only while that is still a question.
  "mitigation-prompt": "nudge",
  "runbook-offer": "nudge",
  similar: "nudge",
  uninvited: "nudge",
  call: "nudge",
  step: "nudge",
  calling: "nudge",
  exhausted: "nudge",
  still: "nudge",
  postmortem: "aftermath",
  "pm-due": "aftermath",
  due: "aftermath",
  digest: "aftermath",
  archive: "aftermath",
  // Whether Sitrep reaches the channel matters after the end, too.
  lost: "aftermath",
  back: "record",
  converted: "aftermath",
  gone: "aftermath",
  // Offers to join where work goes on.
  duplicate: "aftermath",
};

const kindOf = (slot: string) => addressed(slot).slot.split(":")[0] ?? "";

/** The same incident, had Slack not taken one message. */
const unseen = (incident: Incident): Incident => ({ ...incident, posts: {} });

describe("a message that comes when its incident is over", () => {
  it("is of a kind for which it is decided what becomes of it", () => {
    expect(Object.keys(decided).toSorted()).toEqual(slotKinds.toSorted());
  });

  it("tells what was done and what stands, mentions nobody, and wants nothing", () => {
    fc.assert(
      fc.property(
        fc.array(anyAct(fc.constantFrom("x", "roll back")), { minLength: 1, maxLength: 60, size: "max" }),
        fc.constantFrom("resolved", "cancelled"),
        (happening, end) => {
          const words = wordsmith();
          const incident = new ImaginedIncident(everythingOn, new Map(), declaredAt);
          const by = () => ({ at: incident.at, actor: actorOf(0), incident: 1 });
          incident.does({ type: "Declare", ...by(), number: 1, title: words("x"), severity: "SEV1" });
          incident.passes(0);
          for (const act of happening) perform(incident, act, words);
          if (end === "resolved") incident.does({ type: "Resolve", ...by() });
          else incident.does({ type: "Cancel", ...by(), reason: words("a false alarm") });
          for (const slot of incident.slots) {
            const message = renderSlot(slot, {
              incident: unseen(incident.state),
              rules: everythingOn,
              now: incident.at,
              names: new Map(),
              teamUrl: "https://acme.slack.com/",
            });
            const late = decided[kindOf(slot)];
            expect(late === "nudge" && message !== null, slot).toBe(false);
            expect(late === "stands" && message === null, slot).toBe(false);
            expect(message?.text ?? "", slot).not.toMatch(/<[@!]/);
            expect(JSON.stringify(message?.blocks ?? []), slot).not.toMatch(/"type":"(?:user|broadcast)"/);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
