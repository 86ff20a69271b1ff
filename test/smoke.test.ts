import { expect, it } from "vitest";
import Database from "better-sqlite3";
it("runs on Node 24 with SQLite", () => {
  const db = new Database(":memory:");
  expect(db.prepare("select sqlite_version() v").get()).toMatchObject({ v: expect.any(String) });
  expect(process.version).toMatch(/^v24/);
});
