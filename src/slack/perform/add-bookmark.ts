import { z } from "zod";
import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { permalink } from "../../postmortem/material.ts";
import { ask, askFor, isRefusal } from "../calls.ts";
import { opened, skipped, type Stage } from "./stage.ts";

const titles: Readonly<Record<string, string>> = {
  announcement: "Announcement",
  postmortem: "Post-mortem",
};

const listSchema = z.object({ bookmarks: z.array(z.object({ link: z.string().nullish() })) });

/** Slack takes the same bookmark twice, so its list is asked first. An ornament: where there is no room for it, it is left out. */
export async function addBookmark(
  stage: Stage,
  { incident: number, slot }: EffectNamed<"AddBookmark">,
): Promise<Performed> {
  const place = await opened(stage, number);
  if ("why" in place) return skipped(place.why);
  const post = place.incident.posts[slot];
  if (!post) return skipped("it is not in Slack");
  const link = permalink(stage.auth.teamUrl, post);
  const channel_id = place.channel;
  try {
    const { bookmarks } = await askFor(stage, "bookmarks.list", { channel_id }, listSchema);
    if (bookmarks.some((each) => each.link === link)) return skipped("the bookmark is there");
    await ask(stage, "bookmarks.add", { channel_id, type: "link", title: titles[slot] ?? slot, link });
  } catch (error) {
    if (isRefusal(error, "permission_denied", "too_many_bookmarks", "too_many_tabs"))
      return skipped("Slack takes no bookmark there");
    // Of bookmarks that were added at the same time.
    if (isRefusal(error, "too_many_requests"))
      return {
        as: "retry",
        error: "too_many_requests",
        sure: true,
        pause: "method",
        method: "bookmarks.add",
      };
    throw error;
  }
  return { as: "done" };
}
