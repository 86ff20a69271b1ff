import { nextOnDuty, onDuty } from "../../domain/policy/on-call.ts";
import type { RotationRules } from "../../domain/rules.ts";
import { formatClock } from "../../domain/time.ts";
import { namesOf } from "../names.ts";
import type { SlackRoom } from "../room.ts";
import { nameOf, type Names } from "../text.ts";
import { meet } from "./answer.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { bold, type Line, lines, text } from "../views/parts.ts";
import { reply } from "../views/reply.ts";

/** Who is on call now, and next. Nobody is mentioned. */
export async function onCallView(room: SlackRoom): Promise<Message> {
  const { rules, store } = room.handling;
  const rotations = Object.entries(rules.onCall);
  if (rotations.length === 0)
    return reply("No on-call rotation is configured: `onCall` in sitrep.yml holds them.");
  const now = room.clock.now();
  const ids = rotations.flatMap(([, { people, overrides }]) => [
    ...people,
    ...overrides.map(({ person }) => person),
  ]);
  const named = [...new Set(ids)].slice(0, 50);
  await meet(room, named);
  const names = await namesOf(store, named);
  const shown = rotations.map(([name, rotation]) =>
    rotationLine(name, rotation, { now, names, zone: rules.timezone }),
  );
  return fitMessage({ text: "Who is on call", blocks: [lines([[bold("On call")], ...shown])] });
}

function rotationLine(
  name: string,
  rotation: RotationRules,
  { now, names, zone }: { now: number; names: Names; zone: string },
): Line {
  const person = (user: string | null) => (user === null ? "nobody" : nameOf({ kind: "slack", user }, names));
  const current = onDuty(rotation, now);
  const next = nextOnDuty(rotation, now);
  const isStandIn = rotation.overrides.some(
    ({ from, to, person: who }) => from <= now && now < to && who === current,
  );
  const until = next ? ` until ${formatClock(next.at, zone, now)}, then ${person(next.person)}` : "";
  return [bold(`${name}: `), text(`${person(current)}${isStandIn ? " (override)" : ""}${until}`)];
}
