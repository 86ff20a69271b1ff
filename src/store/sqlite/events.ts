import { type IncidentEvent, eventVersion } from "../../domain/event.ts";
import { decodeEvent, encode } from "../codec.ts";
import type { RecordedEvent } from "../port.ts";
import { asc, eq } from "./drizzle.ts";
import { bound, type Orm } from "./orm.ts";
import { events } from "./tables.ts";
import type { Texts } from "./texts.ts";

/** What happened to each incident. */
export function eventsIn(orm: Orm, texts: Texts) {
  const history = orm
    .select()
    .from(events)
    .where(eq(events.incident, bound("incident")))
    .orderBy(asc(events.seq))
    .prepare();
  const append = orm
    .insert(events)
    .values({
      incident: bound("incident"),
      seq: bound("seq"),
      v: bound("v"),
      type: bound("type"),
      at: bound("at"),
      recordedAt: bound("recordedAt"),
      actor: bound("actor"),
      data: bound("data"),
    })
    .prepare();
  return {
    of(incident: number): RecordedEvent[] {
      const rows = history
        .all({ incident })
        .map((row) => ({ ...row, actor: parsed(row.actor), data: parsed(row.data) }));
      texts.hydrate(rows.map(({ data }) => data));
      return rows.map((row) => ({
        incident,
        seq: row.seq,
        recordedAt: row.recordedAt,
        event: decodeEvent(row),
      }));
    },
    append(incident: number, seq: number, event: IncidentEvent, recordedAt: number): void {
      const data = encode(event.data);
      texts.keep(data.bodies);
      const { type, at } = event;
      const actor = JSON.stringify(event.actor);
      append.run({ incident, seq, v: eventVersion, type, at, recordedAt, actor, data: data.json });
    },
  };
}

export type Events = ReturnType<typeof eventsIn>;

const parsed = (json: string): unknown => JSON.parse(json);
