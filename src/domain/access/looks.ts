import { type Outgoing, urgencies } from "../effect.ts";
import { outgoing } from "../effect-routing.ts";

/**
 * Events come late, twice and in any order, and Slack's answers lag behind them: what is true is found out by looking, so long
 * after whatever was told last.
 */
export const lookAfter = 10_000;

export const returnToChannel = (incident: number, version: number, dueAt: number): Outgoing =>
  outgoing(
    { type: "ReturnToChannel", incident },
    `${incident}:channel:return:${version}`,
    `${incident}:channel`,
    { dueAt, urgency: urgencies.urgent },
  );

/** `cause` tells one look from every other; the newest is enough. */
export const lookAtChannel = (incident: number, cause: string, dueAt: number): Outgoing =>
  outgoing(
    { type: "LookAtChannel", incident },
    `${incident}:look:${cause}`,
    `${incident}:look`,
    { dueAt },
    { collapse: `${incident}:look` },
  );

/** `channel`: an id, or a name in the configuration. One after the other, so that what Slack refuses of all is told once. */
export const lookElsewhere = (incident: number, channel: string, cause: string, dueAt: number): Outgoing =>
  outgoing(
    { type: "LookElsewhere", incident, channel },
    `${incident}:look:in:${channel}:${cause}`,
    `${incident}:look:in`,
    { dueAt },
    { collapse: `${incident}:look:in:${channel}` },
  );

/** One after the other, too. */
export const lookAtPerson = (incident: number, user: string, cause: string, dueAt: number): Outgoing =>
  outgoing(
    { type: "LookAtPerson", incident, user },
    `${incident}:look:${user}:${cause}`,
    `${incident}:look:people`,
    { dueAt },
    { collapse: `${incident}:look:${user}` },
  );
