import { type Decision, noted, refuse, said } from "../decision.ts";
import { type Incident, reference } from "../incident.ts";
import type { TroublesCommand } from "./commands.ts";
import { isLeft, isUnderWay, type Trouble } from "./state.ts";

export function decideTroubles(state: Incident, command: TroublesCommand): Decision {
  const { at, actor } = command;
  switch (command.type) {
    case "RetryEffect": {
      const { key } = command;
      const last = lastOf(state, key);
      const name = reference(state);
      if (!last) return refuse("never_refused", `No ${key} of ${name} was refused.`);
      if (!isLeft(last))
        return refuse(
          "tried_again",
          isUnderWay(last)
            ? `That is being tried again already: its note in ${name} tells what comes of it.`
            : `That is settled already: nothing of it is left to be tried again.`,
        );
      return said(
        [{ type: "EffectRetried", at, actor, data: { key } }],
        state,
        `It is being tried again: the note in ${name} tells what comes of it.`,
      );
    }
    case "RetryInChannel": {
      const isThere = ({ channel }: Trouble) => channel !== undefined && command.channel.includes(channel);
      const left = state.troubles.filter((each) => isLeft(each) && isThere(each));
      return noted(left.map(({ key }) => ({ type: "EffectRetried", at, actor, data: { key } })));
    }
    case "NoteRetryEnded": {
      const { key } = command;
      const last = lastOf(state, key);
      return noted(
        last && isUnderWay(last) ? [{ type: "RetryEnded", at, actor, data: { key, as: command.as } }] : [],
      );
    }
    default:
      return command satisfies never;
  }
}

const lastOf = ({ troubles }: Incident, key: string): Trouble | undefined =>
  troubles.findLast((each) => each.key === key);
