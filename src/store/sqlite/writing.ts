import { decodeAnswer } from "../codec.ts";
import type { Committed, Write } from "../port.ts";
import type { Incidents } from "./incidents.ts";
import type { Messages } from "./messages.ts";
import type { Outbox } from "./outbox.ts";
import type { Sides } from "./sides.ts";
import type { Texts } from "./texts.ts";

interface Tables {
  incidents: Incidents;
  messages: Messages;
  texts: Texts;
  outbox: Outbox;
  sides: Sides;
}

/** Does one write, or says why nothing of it was done. Only inside a transaction. */
export function writingIn({
  incidents,
  messages,
  texts,
  outbox,
  sides,
}: Tables): (write: Write) => Committed {
  function refusal({ input, incident, message, settle, seen }: Write): Committed | undefined {
    const answered = input && sides.answerOf(input.keys);
    if (answered !== undefined) return { kind: "duplicate", answer: decodeAnswer(answered) };
    if (
      (incident && incidents.version(incident.number) !== incident.expected) ||
      (message && messages.version(message.message.channel, message.message.ts) !== message.expected) ||
      (seen && incidents.version(seen.incident) !== seen.version) ||
      (settle && !outbox.holds(settle))
    )
      return { kind: "conflict" };
    return undefined;
  }

  function apply(write: Write): Committed {
    const { input, incident, message, erase, settle, dead, release, people, subscription, meta, at } = write;
    if (input) sides.answer(input.keys, input.answer, at);
    if (incident) incidents.write(incident, at);
    // An erased text may be quoted in any state that is held.
    if (message && messages.write(message, at)) incidents.forget();
    if (erase && erase.length > 0) {
      texts.erase(erase, at);
      incidents.forget();
    }
    if (release !== undefined) outbox.release(release, at);
    if (write.outbox) outbox.add(write.outbox, at);
    if (settle) outbox.settle(settle, at);
    if (dead) outbox.revive(dead, at);
    if (people) sides.know(people);
    if (subscription) sides.subscribe(subscription, at);
    if (meta) sides.note(meta);
    return { kind: "committed" };
  }

  return (write) => refusal(write) ?? apply(write);
}
