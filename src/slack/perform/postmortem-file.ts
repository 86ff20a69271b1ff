import { z } from "zod";
import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import { reference } from "../../domain/incident.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { ClaimedEffect } from "../../store/port.ts";
import { once } from "../lookup/once.ts";
import { drillMark } from "../views/drill.ts";
import { post } from "./fetch.ts";
import { strangerOf } from "./learn-person.ts";
import { asMember } from "./membership.ts";
import { ask, askFor, CallFailed, isRefusal } from "../calls.ts";
import { directMessage, skipped, type Stage } from "./stage.ts";

const uploadSchema = z.object({ upload_url: z.string(), file_id: z.string() });

/** An upload that is never completed is dropped by Slack, so that doing it twice harms nobody. */
export async function uploadPostmortem(
  stage: Stage,
  { incident, copy }: EffectNamed<"UploadPostmortem">,
): Promise<Performed> {
  const exported = await stage.exportPostmortem(incident, (id) => strangerOf(stage, id));
  if (!exported) return skipped("the incident is not there");
  const { upload_url: url, file_id: file } = await askFor(
    stage,
    "files.getUploadURLExternal",
    { filename: exported.filename, length: Buffer.byteLength(exported.markdown) },
    uploadSchema,
  );
  const headers = { "content-type": "application/octet-stream" };
  const status = await post(stage, "upload", url, { headers, body: exported.markdown });
  if (status !== 200)
    throw new CallFailed("upload", { kind: "refused", error: `HTTP ${status}`, details: [] });
  const at = stage.clock.now();
  return { as: "done", result: { type: "NotePostmortemUploaded", at, actor: bot, incident, copy, file } };
}

const shareSchema = z.record(z.string(), z.array(z.unknown()));
const fileSchema = z.object({
  file: z.object({
    shares: z.object({ public: shareSchema.optional(), private: shareSchema.optional() }).optional(),
  }),
});

/** Attempts through which a share that Slack has accepted may still be on its way. */
const patience = 8;

export async function sharePostmortem(
  stage: Stage,
  claimed: ClaimedEffect,
  { incident: number, copy, file }: EffectNamed<"SharePostmortem">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  if (!incident) return skipped("the incident is not there");
  const to = incident.copies[copy]?.to ?? null;
  const thread = to === null && !incident.channel ? incident.opening.thread : null;
  const room = incident.channel?.id ?? thread?.channel;
  const channel = to === null ? room : await directMessage(stage, to);
  if (channel === undefined) return skipped("the incident has no channel");
  try {
    await once(claimed, {
      look: () => shared(stage, file, channel),
      act: async () => {
        const mark = incident.drill ? `${drillMark} · ` : "";
        const files = [{ id: file, title: `${mark}Post-mortem of ${reference(incident)}` }];
        await asMember(stage, channel, to === null && !thread ? "own" : "granted", () =>
          ask(stage, "files.completeUploadExternal", {
            files,
            channel_id: channel,
            ...(thread && { thread_ts: thread.ts }),
          }),
        );
        return true;
      },
    });
  } catch (error) {
    if (to === null && isRefusal(error, "posting_to_channel_denied") && (await isArchived(stage, channel)))
      return waitingForChannel(stage, number, channel);
    // A file is completed once, and its message follows later: refused again, it may just not be visible yet.
    const maybeShared = claimed.suspectSince !== null && isRefusal(error, "file_not_found");
    if (!maybeShared || claimed.attempts > patience) throw error;
    return { as: "retry", error: "the share is not visible yet", sure: true, pause: "row" };
  }
  const at = stage.clock.now();
  return { as: "done", result: { type: "NotePostmortemShared", at, actor: bot, incident: number, copy } };
}

const infoSchema = z.object({ channel: z.object({ is_archived: z.boolean().optional() }) });

async function isArchived(stage: Stage, channel: string): Promise<boolean> {
  const info = await askFor(stage, "conversations.info", { channel }, infoSchema);
  return info.channel.is_archived === true;
}

/** It is posted once a person has brought the channel back. */
function waitingForChannel({ clock }: Stage, incident: number, channel: string): Performed {
  const about = { at: clock.now(), actor: bot, incident, channel };
  return {
    as: "done",
    result: { type: "NoteChannel", ...about, seen: { lost: "archived" }, needed: true },
  };
}

async function shared(stage: Stage, file: string, channel: string): Promise<true | undefined> {
  try {
    const found = await askFor(stage, "files.info", { file }, fileSchema);
    const { public: open, private: closed } = found.file.shares ?? {};
    return [open?.[channel], closed?.[channel]].some((shares) => shares && shares.length > 0) || undefined;
  } catch (error) {
    if (isRefusal(error, "file_not_found")) return undefined;
    // Nobody sees a file before it is shared: whoever deleted it had seen it.
    if (isRefusal(error, "file_deleted")) return true;
    throw error;
  }
}
