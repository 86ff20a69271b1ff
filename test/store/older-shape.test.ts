import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import { words } from "../../src/domain/words.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { freshFolders } from "./folders.ts";
import { channelOpened, incident, logged, resolved } from "./records.ts";

const freshFolder = freshFolders();

it("folds an incident again when its state was kept in another shape", async () => {
  const path = join(freshFolder(), "sitrep.db");
  await using store = await openSqliteStore({ path, serve: false, wireNow, sleep: wireSleep });
  const write = incident(1, [channelOpened("C1"), logged("e1", words("e", "deployed v2.3.2")), resolved]);
  await store.commit({ at: 1, incident: write });
  await store.commit({ at: 1, incident: incident(2) });
  const other = new Database(path);
  other.exec(`update incidents set shape = 0, state = '{"shape":"long gone"}' where number = 1`);
  other.close();
  expect(await store.incident(1)).toEqual(write.state);
  expect(await store.incidents()).toEqual([incident(2).state, write.state]);
});
