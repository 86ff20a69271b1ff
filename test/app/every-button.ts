import type { Log } from "../../src/log.ts";
import type { Actor } from "../../src/workspace/people.ts";
import { World, type WorldOptions } from "./world.ts";

/** Typed while an incident is worked on, so that most buttons stand somewhere. */
export const linesAtWork = [
  "runbook High Error Rate",
  "lead",
  "ask @bob call the bank 5m",
  "ask @alice look at the pool 5m",
  "handover @bob",
  "decide we keep the old gateway",
  "log 14:30 Deployed v2.3.2",
  "action add a circuit breaker @bob fri",
  "timeline",
  "actions",
  "roles",
  "mitigate",
  "status",
  "help",
  "list",
  "checkout is failing",
];

type Pressable = ReturnType<Actor["pressables"]>[number];

/** A world whose Sitrep writes down what it had to call an error. */
export async function watchedWorld(options: WorldOptions): Promise<{ world: World; errors: string[] }> {
  const errors: string[] = [];
  const write = (fields: object, sentence: string): void => {
    const err = "err" in fields ? String(fields.err instanceof Error ? fields.err.stack : fields.err) : "";
    errors.push(`${sentence} ${err}`);
  };
  const silent = () => {};
  const log: Log = { debug: silent, info: silent, warn: silent, error: write, fatal: write };
  const world = await World.open({ ...options, started: false });
  await world.startApp({ log });
  return { world, errors };
}

type Found = Pressable & { by: string };

/** What somebody can press in the channels and her direct messages, newest first: of the like in like messages one. */
export function everyButton(world: World, by: string): Found[] {
  const seen = new Set<string>();
  const isFirst = ({ label, message }: Found) => {
    const like = `${label} ${message.slice(0, 25)}`.replaceAll(/\d+/g, "");
    return !seen.has(like) && seen.add(like);
  };
  const channels = world.ws.channels().filter((name) => world.ws.channel(name).members.includes(by));
  return [...channels.map((name) => `#${name}`), "@sitrep"].flatMap((place) =>
    world
      .as(by)
      .in(place)
      .pressables()
      .map((found) => ({ ...found, by }))
      .filter(isFirst),
  );
}

/** What everybody sees, the forms that stand open included. */
function sight(world: World): string {
  const people = [...world.ws.state.people.values()].filter(({ isBot }) => !isBot);
  return JSON.stringify([
    ...world.ws.channels().map((name) => world.ws.channel(name).transcript()),
    ...people.map(({ name }) => {
      const one = world.as(name);
      return [one.directMessages(), one.sees(), one.modal()];
    }),
  ]);
}

async function closeForms(world: World, name: string): Promise<void> {
  while (world.as(name).modal()) await world.as(name).closes({ all: true });
}

/** Presses it; with `also`, twice, while somebody else presses what she sees of it. @returns what was wrong */
export async function pressIt(world: World, found: Found, also?: Found): Promise<string[]> {
  const { by, label, message, press, reads } = found;
  const where = `${by} pressed ${label} in “${message.slice(0, 80).replaceAll("\n", " / ")}”`;
  await world.ws.settle();
  const before = sight(world);
  const seen = await Promise.all([press(), ...(also ? [press(), also.press()] : [])]);
  const wrong = seen.flatMap(({ ok, error }) => (ok ? [] : [`${where}: ${error}`]));
  await world.ws.settle();
  // Edits of one message are paced.
  if (sight(world) === before) await world.ws.clock.advance("5s");
  // An answer that has been replaced already may be replaced by the same.
  if (sight(world) === before && reads() === message) wrong.push(`${where}: nothing shows`);
  await closeForms(world, by);
  if (also) await closeForms(world, also.by);
  return wrong;
}
