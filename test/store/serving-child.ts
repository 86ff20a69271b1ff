import { wireNow, wireSleep } from "../../src/clock.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { incident } from "./records.ts";

// Serves from the database it is given until it is killed.
const store = await openSqliteStore({ path: process.argv[2] ?? "", serve: true, wireNow, sleep: wireSleep });
await store.commit({ at: 1, incident: incident(1) });
process.send?.("committed");
