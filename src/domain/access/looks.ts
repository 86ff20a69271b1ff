import { type Outgoing, urgencies } from "../effect.ts";
import { outgoing } from "../effect-routing.ts";

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

export const lookAtPerson = (incident: number, user: string, cause: string, dueAt: number): Outgoing =>
  outgoing(
    { type: "LookAtPerson", incident, user },
    `${incident}:look:${user}:${cause}`,
    `${incident}:look:${user}`,
    { dueAt },
    { collapse: `${incident}:look:${user}` },
  );
