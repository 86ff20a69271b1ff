import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { watchedWorld } from "./every-button.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

const events = [
  "member_joined_channel",
  "member_left_channel",
  "pin_added",
  "pin_removed",
  "channel_archive",
  "channel_unarchive",
  "app_home_opened",
  "reaction_added",
  "reaction_removed",
  "app_mention",
];

describe.each([true, false])(
  "what Slack delivers three times, out of order, with new ids: %s",
  (newEventId) => {
    it("has its effect once, and nothing is called an error", async () => {
      const { world, errors } = await watchedWorld({
        people: ["alice", "bob", "carol", "dave", { name: "root", admin: true }],
      });
      await using _ = world;
      const { ws } = world;
      const thrice = (...types: string[]) => {
        for (const type of types) ws.deliveries.next(type, { duplicate: 2, newEventId, outOfOrder: true });
      };
      await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
      await ws.settle();
      await ws.clock.advance("4m");
      const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => world.as(name));
      if (!alice || !bob || !carol) throw new Error("nobody is there");
      thrice(...events);
      await bob.in(`#${channel}`).joins();
      await ws.settle();
      thrice("member_joined_channel");
      await carol.in(`#${channel}`).joins();
      await carol.in(`#${channel}`).leaves();
      const here = bob.in(`#${channel}`);
      const { ts = "" } = await here.says("pool is exhausted");
      await here.pins("pool is exhausted");
      await here.reacts("pushpin", "pool is exhausted");
      await ws.settle();
      await here.unreacts("pushpin", "pool is exhausted");
      ws.state.removePin({ channel: ws.channel(channel).id, ts, user: ws.idOf("bob") });
      await here.says("@sitrep status");
      thrice("app_home_opened");
      await bob.opensHome();
      thrice("message_action", "shortcut");
      await here.uses("Add to timeline", "pool is exhausted");
      await ws.settle();
      await here.uses("Create action item", "pool is exhausted");
      await ws.settle();
      if (bob.modal()) await bob.submits();
      await ws.clock.advance("1m");
      await here.archives();
      await alice.in("#general").types("/incident INC-1 update Meanwhile");
      await ws.clock.advance("2m");
      await here.unarchives();
      await ws.clock.advance("3m");
      await alice.in("#general").types("/incident INC-1 role scribe @dave");
      const root = world.as("root").in(`#${channel}`);
      await root.joins();
      thrice("user_change", "message/channel_convert_to_private", "message/channel_convert_to_public");
      ws.deactivate("dave");
      await root.makesPrivate();
      await ws.clock.advance("1m");
      thrice("user_change", "channel_rename");
      ws.reactivate("dave");
      await root.makesPublic();
      await root.renames("war-room");
      await ws.clock.advance("3m");
      await ws.clock.advance("2m");
      expect(errors).toEqual([]);
      expect(await aftermath(world)).toEqual([]);
      expect(count(bob.directMessages(), "You joined INC-1")).toBe(1);
      expect(count(carol.directMessages(), "You joined INC-1")).toBeLessThanOrEqual(1);
      const told = await world.transcript("war-room");
      expect(count(told, "@dave’s Slack account was deactivated and is open again.")).toBe(1);
      expect(count(told, "@root made this channel private")).toBe(1);
      const state = await world.app.store.incident(1);
      const [record, ...others] = await world.app.store.messages(1, { marked: true });
      expect(others.length).toBeLessThan(2);
      expect(record?.marks.filter(({ present }) => present).map(({ kind }) => kind)).toEqual(["shortcut"]);
      expect(state?.presence.members[ws.idOf("carol")]).toBeUndefined();
      expect(state?.actionItems.length).toBeLessThanOrEqual(1);
      expect(state?.departed).toEqual({});
      expect(state?.channel?.name).toBe("war-room");
      expect(state?.access).toMatchObject({ lost: null, closed: false });
    });
  },
);
