import { expect, test } from "vitest";
import { exportPostmortem } from "../../src/postmortem/export.ts";
import { handle } from "../../src/handle.ts";
import { after, alice, declare, text } from "../domain/given.ts";
import { bench, token } from "./bench.ts";

test("without a token configured the API is off and says so, whatever is sent", async () => {
  const { ask } = await bench({ apiToken: undefined });
  for (const headers of [{}, { authorization: "Bearer " }, { authorization: "Bearer undefined" }]) {
    const response = await ask("/api/incidents", { headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: "api_off", message: "The API is off. Set SITREP_API_TOKEN to switch it on." },
    });
  }
});

test("a missing token is asked for", async () => {
  const { ask, logged } = await bench();
  const response = await ask("/api/incidents");
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe('Bearer realm="sitrep"');
  expect(await response.json()).toMatchObject({ error: { code: "unauthorized" } });
  expect(logged).toEqual([]);
});

test.each([
  `Bearer ${token}x`,
  `Bearer ${token.slice(1)}`,
  `Basic ${token}`,
  token,
  "Bearer",
  `Bearer a ${token}`,
])("%s is refused, and never logged", async (authorization) => {
  const { ask, logged } = await bench();
  const response = await ask("/api/incidents/INC-1", { headers: { authorization } });
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"');
  expect(logged).toHaveLength(1);
  expect(JSON.stringify(logged)).not.toContain("horse");
});

test("incidents are listed, newest first, their texts without markup", async () => {
  const { api, handling } = await bench();
  await handle(handling, declare({ title: text("search is slow"), severity: null, at: after(5) }));
  const response = await api("/api/incidents");
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const { incidents } = (await response.json()) as { incidents: object[] };
  expect(incidents).toEqual([
    expect.objectContaining({
      reference: "INC-2",
      title: "search is slow",
      provisional: true,
      channel: null,
    }),
    {
      reference: "INC-1",
      number: 1,
      title: "checkout <500s> & more",
      status: "INVESTIGATING",
      severity: "SEV2",
      provisional: false,
      private: false,
      drill: false,
      channel: { id: "C1", name: "inc-1-checkout-500s" },
      declaredAt: "2024-02-15T14:36:00.000Z",
      started: { at: "2024-02-15T14:36:00.000Z", assumed: true },
      recovered: null,
      nextUpdate: "2024-02-15T14:51:00.000Z",
    },
  ]);
});

test("one incident is shown with its updates, its reference in any case", async () => {
  const { api, handling } = await bench();
  await handle(handling, {
    type: "PublishUpdate",
    at: after(4),
    actor: alice,
    incident: 1,
    currentAction: text("Rolling back *payments*"),
  });
  const response = await api("/api/incidents/inc-1");
  expect(await response.json()).toMatchObject({
    reference: "INC-1",
    declaredBy: "@U1",
    impact: null,
    currentAction: "Rolling back payments",
    updates: [{ n: 1 }, { n: 2, by: "@U1", automatic: false, currentAction: "Rolling back payments" }],
    resolved: null,
  });
});

test("the timeline has the key entries with times, actors and texts", async () => {
  const { api, handling } = await bench();
  await handle(handling, {
    type: "LogEntry",
    at: after(3),
    actor: alice,
    incident: 1,
    entry: "e1",
    happenedAt: after(-6),
    text: text("Deployed `v2.3.2`"),
  });
  const response = await api("/api/incidents/INC-1/timeline");
  expect(await response.json()).toEqual({
    reference: "INC-1",
    entries: [
      {
        id: "entry:e1",
        corrected: false,
        recovered: false,
        at: "2024-02-15T14:30:00.000Z",
        recordedAt: "2024-02-15T14:39:00.000Z",
        kind: "logged",
        by: "@U1",
        text: "Deployed v2.3.2",
        source: null,
      },
      expect.objectContaining({ kind: "declared", text: "Declared as SEV2 by @U1" }),
    ],
  });
});

test("the post-mortem is exactly what the export gives", async () => {
  const { api, handling } = await bench();
  const response = await api("/api/incidents/INC-1/postmortem.md");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('inline; filename="INC-1-post-mortem.md"');
  const exported = (await exportPostmortem(handling, 1))?.markdown ?? "";
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(exported, "utf8"));
  expect(exported).toContain("# Post-Mortem");
});

test.each(["", "/timeline", "/postmortem.md"])("an unknown incident%s is not found", async (part) => {
  const { api } = await bench();
  const response = await api(`/api/incidents/INC-7${part}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: { code: "no_such_incident", message: "There is no INC-7." },
  });
});

test.each(["42", "INC-0", "INC-", "INC-1x", "INC-99999999999", "inc 1", "INC-1%00"])(
  "%s is no reference, and the answer says what one looks like",
  async (typed) => {
    const { api } = await bench();
    const response = await api(`/api/incidents/${encodeURIComponent(typed)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { code: "bad_reference", message: "An incident is named by its reference, such as INC-42." },
    });
  },
);

test("a private incident is to the token like a number that does not exist, and shows to its own token alone", async () => {
  const { ask, api, handling } = await bench({ privateApiToken: "for-the-few" });
  await handle(handling, declare({ title: text("payroll leak"), private: true, at: after(5) }));
  const authorization = "Bearer for-the-few";
  const few = (path: string) => ask(path, { headers: { authorization } });
  for (const part of ["", "/timeline", "/postmortem.md"]) {
    const hidden = await api(`/api/incidents/INC-2${part}`);
    const none = await api(`/api/incidents/INC-7${part}`);
    expect(hidden.status).toBe(none.status);
    expect((await hidden.text()).replaceAll("INC-2", "INC-7")).toBe(await none.text());
    expect((await few(`/api/incidents/INC-2${part}`)).status).toBe(200);
  }
  expect(await (await api("/api/incidents")).text()).not.toContain("INC-2");
  expect(await (await few("/api/incidents")).text()).toContain("payroll leak");
});

test("without a token for private incidents nobody is shown one, and an empty one opens nothing", async () => {
  const { ask, api, handling } = await bench();
  await handle(handling, declare({ title: text("payroll leak"), private: true, at: after(5) }));
  expect((await api("/api/incidents/INC-2")).status).toBe(404);
  for (const authorization of ["Bearer ", "Bearer undefined"])
    expect((await ask("/api/incidents", { headers: { authorization } })).status).toBe(401);
});

test("the token for private incidents does not switch on an API that is off", async () => {
  const { ask } = await bench({ apiToken: undefined, privateApiToken: "for-the-few" });
  const response = await ask("/api/incidents", { headers: { authorization: "Bearer for-the-few" } });
  expect(response.status).toBe(404);
});
