import fc from "fast-check";
import { recordedSince } from "../../src/domain/opening/history.ts";
import { describe, expect, it } from "vitest";
import { after, declare, declaredAt, given, keysOf, opened, rules, text } from "./given.ts";

const nameOf = (title: string, naming = rules.channels.naming) => {
  const ruled = { ...rules, channels: { ...rules.channels, naming } };
  return given([declare({ title: text(title) })], ruled).state.channelName;
};

describe("declaring", () => {
  it("takes the severity that was given, and promises the first update by it", () => {
    const { state, events } = given([]).when(declare({ severity: "SEV1" }));
    expect(events[0]?.type).toBe("IncidentDeclared");
    expect(state).toMatchObject({ severity: "SEV1", provisional: false, nextDue: after(10) });
  });

  it("marks a severity that nobody gave as provisional", () => {
    expect(given([]).when(declare({ severity: null })).state).toMatchObject({
      severity: "SEV2",
      provisional: true,
    });
  });

  it("promises nothing where the severity has no clock", () => {
    const { state, effects } = given([]).when(declare({ severity: "SEV4" }));
    expect(state.nextDue).toBeNull();
    expect(effects.filter(({ effect }) => effect.type === "RemindUpdate")).toEqual([]);
  });

  it("refuses an empty title, naming the field", () => {
    expect(given([]).when(declare({ title: text("  ") })).refusal).toMatchObject({ field: "title" });
  });

  it("opens the channel, tells the declarer, and sets the clock for the first update", () => {
    const { effects } = given([]).when(declare());
    expect(keysOf(effects)).toEqual(
      expect.arrayContaining(["1:channel:create", "1:tell-declarer", `1:remind:${after(15)}:1`]),
    );
  });

  it("assumes that the impact began with the declaration", () => {
    expect(given([declare()]).state.started).toEqual({ at: declaredAt, assumed: true });
  });
});

describe("the channel's name", () => {
  it.each([
    ["checkout 500s", "inc-1-checkout-500s"],
    ["Zahlung über PayPal schlägt fehl", "inc-1-zahlung-uber-paypal-schlagt-fehl"],
    ["支付失败", "inc-1-zhifushibai"],
    ["🔥🔥", "inc-1-fire-fire"],
    ["!!!", "inc-1-incident"],
    ["5xx &lt;script&gt; &amp; co", "inc-1-5xx-script-and-co"],
    ["a".repeat(200), `inc-1-${"a".repeat(74)}`],
    ["оплата не проходит", "inc-1-oplata-ne-prokhodit"],
    ["توقف الدفع", "inc-1-twqf-ldf"],
    ["שירות התשלומים למטה", "inc-1-syrvt-htslvmym-lmth"],
    ["結帳失敗", "inc-1-jiezhangshibai"],
    ["결제 실패", "inc-1-gyeolje-silpae"],
    ["भुगतान विफल", "inc-1-bhugtan-viphl"],
    ["การชำระเงินล้มเหลว", "inc-1-karchamraenginlmehlw"],
    ["e\u0301tude dans l’e\u0301curie", "inc-1-etude-dans-l-ecurie"],
    ["\u202Egnorw\u202C", "inc-1-gnorw"],
    ["<@U123|alice> cannot pay at <https://pay.example.com|pay>", "inc-1-alice-cannot-pay-at-pay"],
    ["支付".repeat(100), `inc-1-${"zhifu".repeat(20)}`.slice(0, 80)],
    ["---", "inc-1-incident"],
    ["a".repeat(73) + " b", `inc-1-${"a".repeat(73)}`],
  ])("of “%s” is %s", (title, name) => {
    expect(nameOf(title)).toBe(name);
  });

  it("follows the configured pattern", () => {
    expect(nameOf("checkout 500s", "{date}-{sev}-{slug}-{n}")).toBe("2024-02-15-sev2-checkout-500s-1");
  });

  it("is one that Slack takes, whatever people write", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (title) => {
        fc.pre(title.trim() !== "");
        expect(nameOf(title)).toMatch(/^[a-z0-9_-]{1,80}$/);
      }),
    );
  });
});

describe("once the channel is there", () => {
  it("posts the card, brings the declarer in, and announces", () => {
    const { effects } = given([declare()]).when(opened);
    expect(keysOf(effects)).toEqual(
      expect.arrayContaining(["1:post:card", "1:invite:declarer", "1:post:announcement"]),
    );
  });

  it("announces nothing where announcements are off", () => {
    const ruled = { ...rules, channels: { ...rules.channels, announcements: null } };
    expect(keysOf(given([declare()], ruled).when(opened).effects)).not.toContain("1:post:announcement");
  });

  it("pins the card when it is posted, and puts it back when somebody deletes it", () => {
    const incident = given([declare(), opened]);
    const card = { incident: 1, at: declaredAt, actor: { kind: "bot" as const }, slot: "card" };
    const posted = incident.when({ ...card, type: "NoteMessagePosted", channel: "C1", ts: "1.1" });
    expect(keysOf(posted.effects)).toEqual([`1:pin:card:${posted.state.version}`]);
    const gone = incident.when({ ...card, type: "NoteMessageGone", ts: "1.1", wanted: false });
    expect(keysOf(gone.effects)).toEqual([`1:post:card:${gone.state.version}`]);
    expect(gone.state.posts.card).toBeUndefined();
    incident.when({ ...card, type: "NoteMessagePosted", channel: "C1", ts: "2.2" });
    const late = incident.when({ ...card, type: "NoteMessageGone", ts: "1.1", wanted: false });
    expect(late).toMatchObject({ events: [], effects: [], state: { posts: { card: { ts: "2.2" } } } });
  });

  it("shows what was recorded before it was there", () => {
    const update = {
      type: "PublishUpdate" as const,
      incident: 1,
      at: after(1),
      actor: { kind: "cli" as const, user: "ops" },
      currentAction: text("looking"),
    };
    const log = {
      ...update,
      type: "LogEntry" as const,
      entry: "e1",
      happenedAt: after(0),
      text: text("seen"),
    };
    expect(keysOf(given([declare(), update, log]).when(opened).effects)).toEqual(
      expect.arrayContaining(["1:post:entry:e1", "1:post:update:2:channel", "1:post:update:2:thread"]),
    );
  });
});

describe("a private incident", () => {
  const secret = declare({ private: true });
  const refused = {
    type: "NoteEffectRefused" as const,
    at: declaredAt,
    actor: { kind: "bot" as const },
    incident: 1,
    key: "1:channel:create",
    error: "restricted_action",
    sentence: "Creating the channel was not possible.",
  };

  it("is announced nowhere", () => {
    const { state, effects } = given([secret]).when(opened);
    expect(state).toMatchObject({ private: true, announce: false });
    expect(keysOf(effects)).not.toContain("1:post:announcement");
  });

  it("ends where Slack refuses its channel, with every clock stopped and nothing posted", () => {
    const { state, events, effects } = given([secret]).when(refused);
    expect(events.map(({ type }) => type)).toContain("DeclarationStopped");
    expect(state).toMatchObject({ status: "CANCELLED", nextDue: null, channel: null });
    expect(effects.filter(({ effect }) => effect.type === "PostMessage")).toEqual([]);
  });

  it("goes on when something else of it is refused", () => {
    const { state } = given([secret, opened]).when({ ...refused, key: "1:pin:card:3" });
    expect(state.status).toBe("INVESTIGATING");
  });

  it("that is public goes on without its channel", () => {
    expect(given([declare()]).when(refused).state.status).toBe("INVESTIGATING");
  });
});

describe("an incident opened in a channel that is there", () => {
  const here = { channel: "C9", name: "ops" };

  it("enters it and reads its last hour, and invites nobody whom it finds there", () => {
    const incident = given([declare({ here })]);
    expect(keysOf(incident.effects)).toContain("1:channel:enter");
    expect(keysOf(incident.effects)).not.toContain("1:channel:create");
    const { state, effects } = incident.when({
      type: "NoteChannelOpened",
      at: declaredAt,
      actor: { kind: "bot" },
      incident: 1,
      channel: "C9",
      name: "ops",
    });
    expect(state).toMatchObject({ here, channel: { id: "C9", name: "ops" }, channelName: "ops" });
    expect(keysOf(effects)).toContain("1:catch-up:opened");
    expect(recordedSince(state)).toBe(after(-60));
    expect(keysOf(effects)).not.toContain("1:invite:declarer");
  });

  it("is refused where another one is open", () => {
    const { refusal, events } = given([]).when(declare({ here: { ...here, taken: 7 } }));
    expect(refusal).toMatchObject({ code: "channel_taken", sentence: expect.stringContaining("INC-7") });
    expect(events).toEqual([]);
  });
});
