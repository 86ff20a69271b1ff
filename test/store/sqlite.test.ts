import { join } from "node:path";
import { wireSleep } from "../../src/clock.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { storeContract } from "./contract.ts";
import { freshFolders } from "./folders.ts";

const freshFolder = freshFolders();

const opened = (path: () => string) => (wireNow: () => number) =>
  openSqliteStore({ path: path(), serve: true, wireNow, sleep: wireSleep });

storeContract(
  "in an SQLite file",
  opened(() => join(freshFolder(), "data/sitrep.db")),
);
storeContract(
  "in SQLite's memory",
  opened(() => ":memory:"),
);
