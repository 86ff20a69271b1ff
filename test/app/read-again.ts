import { Writable } from "node:stream";
import { createLog } from "../../src/log.ts";
import { channel } from "./sleep-story.ts";
import type { World } from "./world.ts";

export const reading = /^(?:conversations\.(?:members|history|replies)|reactions\.get|pins\.list)$/;

/** Everything that is read from now on, a line a call; but for looking after posts of its own. */
export function readings(world: World, which: RegExp = reading): string[] {
  const seen: string[] = [];
  world.ws.onCall(({ method, phase, args }) => {
    if (phase === "before" && which.test(method) && !("include_all_metadata" in args))
      seen.push(`${method} ${JSON.stringify(args)}`);
  });
  return seen;
}

/** Says so much in the channel that nobody could write it, while Sitrep sleeps. */
export function talk(world: World, many: number, name = channel): string[] {
  const { state } = world.ws;
  const place = { channel: world.ws.channel(name).id, user: world.ws.idOf("bob") };
  return Array.from({ length: many }, (_, n) => {
    const said = state.postMessage({ ...place, text: `line ${n}` });
    if (!said.ok) throw new Error(said.error);
    return said.value.ts;
  });
}

export function logOf(): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: createLog({ level: "info", to }) };
}

export const bodies = async (world: World) =>
  (await world.app.store.messages(1)).map(({ revisions }) => revisions.at(-1)?.text.body);
