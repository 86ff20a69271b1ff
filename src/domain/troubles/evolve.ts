import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isLeft, isOfChannel, isUnderWay, type Trouble } from "./state.ts";

/** What any event changes here. */
export function evolveTroubles(state: Incident, event: IncidentEvent): Partial<Incident> {
  const { at, actor } = event;
  const change = (which: (trouble: Trouble) => boolean, to: Partial<Trouble>): Trouble[] =>
    state.troubles.map((each) => (which(each) ? { ...each, ...to } : each));
  const isOfItsChannel = ({ key }: Trouble) => isOfChannel(state.number, key);
  switch (event.type) {
    case "EffectRefused": {
      const { key } = event.data;
      const isSame = (each: Trouble) =>
        each.key === key || (isOfItsChannel(each) && isOfChannel(state.number, key));
      return {
        troubles: [
          ...change((each) => isSame(each) && isUnderWay(each), { ended: { at, as: "refused" } }),
          { version: state.version + 1, at, ...event.data, retried: null, ended: null },
        ],
      };
    }
    case "EffectRetried":
      return {
        troubles: change((each) => each.key === event.data.key && isLeft(each), {
          retried: { at, by: actor },
        }),
      };
    case "ChannelAskedAgain":
      return {
        troubles: change((each) => isOfItsChannel(each) && isLeft(each), { retried: { at, by: actor } }),
      };
    case "RetryEnded":
      return {
        troubles: change((each) => each.key === event.data.key && isUnderWay(each), {
          ended: { at, as: event.data.as },
        }),
      };
    case "ChannelOpened":
      return {
        troubles: change((each) => isOfItsChannel(each) && !each.ended, { ended: { at, as: "done" } }),
      };
    default:
      return {};
  }
}
