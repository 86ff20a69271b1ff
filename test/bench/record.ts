import Database from "better-sqlite3";
import { wireNow, wireSleep } from "../../src/clock.ts";
import { loadRecordConfig } from "../../src/config.ts";
import { bot, slackUser } from "../../src/domain/actor.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { words } from "../../src/domain/words.ts";
import { handle } from "../../src/handle.ts";
import type { Store } from "../../src/store/port.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";

export interface Record {
  store: Store;
  rules: Rules;
}

/** A record without a bot. */
export async function openRecord(path: string): Promise<Record & AsyncDisposable> {
  const loaded = loadRecordConfig({ env: { DATABASE_URL: `file:${path}` }, cwd: "." });
  if (!loaded.ok) throw new Error(loaded.faults.join("\n"));
  const store = await openSqliteStore({ path, serve: false, wireNow, sleep: wireSleep });
  return { store, rules: loaded.config.rules, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
}

const declaredAt = Date.UTC(2024, 1, 15, 14, 36);
const speakers = Array.from({ length: 40 }, (_, index) => `U0SPEAKER${index}`);
const channelOf = (incident: number): string => `C0INCIDENT${incident}`;

/** Declares so many incidents, whose channels are there. @returns their numbers */
export async function declareIncidents(
  record: Record,
  many: number,
  { over }: { over: boolean },
): Promise<number[]> {
  const numbers: number[] = [];
  for (let index = 0; index < many; index++) {
    const actor = slackUser(speakers[index % speakers.length] ?? "");
    const number = await record.store.nextNumber();
    const at = declaredAt + number * 60_000;
    const title = words(`title:${number}`, `service ${number} answers 500`);
    const commands = [
      { type: "Declare", at, actor, number, title, severity: "SEV2" },
      {
        type: "NoteChannelOpened",
        at,
        actor: bot,
        incident: number,
        channel: channelOf(number),
        name: `inc-${number}`,
      },
      ...(over
        ? ([
            { type: "Cancel", at: at + 1, actor, incident: number, reason: words(`over:${number}`, "over") },
          ] as const)
        : []),
    ] as const;
    for (const command of commands) {
      const outcome = await handle(record, command);
      if (!outcome.ok) throw new Error(`${command.type}: ${outcome.refusal.sentence}`);
    }
    numbers.push(number);
  }
  return numbers;
}

/** What was asked of Slack has been done. */
export function settleAll(path: string): void {
  const client = new Database(path);
  client.exec("update outbox set state = 'done', settled_at = due_at where settled_at is null");
  client.close();
}

/** Writes so many messages into the tables as the store would, every `markEvery`-th of them a key entry. */
export function fill(
  path: string,
  { incident, many, markEvery }: { incident: number; many: number; markEvery: number },
): void {
  const client = new Database(path);
  client.pragma("synchronous = off");
  const message = client.prepare(
    `insert into messages (channel, ts, incident, version, said, author, files, revisions, recorded_at, marked)
     values (?, ?, ?, 1, 1, ?, '[]', ?, ?, ?)`,
  );
  const text = client.prepare("insert into texts (id, body) values (?, ?)");
  const mark = client.prepare(
    "insert into marks (channel, ts, person, kind, present, event_ts) values (?, ?, ?, 'pushpin', 1, ?)",
  );
  const channel = channelOf(incident);
  client.transaction(() => {
    for (let index = 0; index < many; index++) {
      const at = declaredAt + incident * 60_000 + index * 100;
      const ts = `${Math.floor(at / 1000)}.${String((at % 1000) * 1000 + 100).padStart(6, "0")}`;
      const id = `message:${channel}:${ts}:first`;
      const author = speakers[index % speakers.length];
      const isMarked = index % markEvery === 0;
      const revisions = JSON.stringify([{ editedTs: "", text: { words: id } }]);
      message.run(channel, ts, incident, author, revisions, at, isMarked ? 1 : 0);
      text.run(id, sayings[index % sayings.length]?.replace("{n}", String(index)));
      if (isMarked) mark.run(channel, ts, author, ts);
    }
  })();
  client.close();
}

const sayings = [
  "p99 of *checkout* is at {n} ms in eu-west, the pool of db-7 is exhausted; looking at the deploy",
  "<@U0SPEAKER3> rolled back to v2.{n}, see <https://ci.example.com/builds/{n}|the build>",
  "errors are down to {n} a minute :tada:",
  "```ERROR connection refused (attempt {n})\n  at pool.acquire```\nwas in the log",
  "customers in <#C0SUPPORT|support> say that it works again, ticket {n} & others",
];
