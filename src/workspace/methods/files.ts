import type { KnownBlock } from "@slack/types";
import type { Channel, WorkspaceFile } from "../model.ts";
import { sharesOf } from "../state/files.ts";
import { fileShape } from "../state/shapes.ts";
import { text } from "./args.ts";
import { type Call, joinedChannel, type MethodRow, type Refusal } from "./contract.ts";
import { readContent } from "./content.ts";

const ALT_TEXT_MAX = 1000;
const SNIPPET_MAX = 1024 * 1024;
const CHANNELS_MAX = 100;

const getUploadUrl: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: { any: ["files:write"] },
  json: false,
  args: {
    filename: { type: "text", required: true },
    length: { type: "integer", required: true },
    alt_txt: text,
    snippet_type: text,
  },
  errors: ["alt_txt_too_large", "missing_argument", "snippet_too_large"],
  source: "https://docs.slack.dev/reference/methods/files.getUploadURLExternal",
  run(call) {
    const length = call.args.integer("length", 0);
    if (length === 0) return { ok: false, error: "missing_argument" };
    if ((call.args.maybeText("alt_txt") ?? "").length > ALT_TEXT_MAX) {
      return { ok: false, error: "alt_txt_too_large" };
    }
    if (call.args.has("snippet_type") && length > SNIPPET_MAX)
      return { ok: false, error: "snippet_too_large" };
    const user = call.installation.botUserId;
    const file = call.state.announceFile({ name: call.args.text("filename"), length, user });
    return { ok: true, upload_url: `${call.baseUrl()}/upload/${file.id}`, file_id: file.id };
  },
};

const completeUpload: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: { any: ["files:write"] },
  json: true,
  args: {
    files: { type: "json", required: true },
    channel_id: text,
    channels: { type: "list" },
    thread_ts: { type: "ts" },
    initial_comment: text,
    blocks: { type: "json", invalid: "invalid_blocks" },
  },
  errors: [
    "channel_not_found",
    "channels_limit_exceeded",
    "file_not_found",
    "file_update_failed",
    "invalid_blocks",
    "not_in_channel",
    "posting_to_channel_denied",
  ],
  source: "https://docs.slack.dev/reference/methods/files.completeUploadExternal",
  run(call) {
    const files = wantedFiles(call);
    if (!files.ok) return files;
    const channels = wantedChannels(call);
    if (!channels.ok) return channels;
    const content = readContent(call);
    if (!content.ok) return { ...content, error: "invalid_blocks" };
    for (const { file, title } of files.value) {
      file.completed = true;
      if (title !== undefined) file.title = title;
    }
    const shared = files.value.map(({ file }) => file);
    // Sharing is asynchronous: the message's ts is not in the answer.
    call.later(() => {
      for (const channel of channels.value) share(call, channel, shared, content.value.blocks);
    });
    return { ok: true, files: shared.map((file) => fileShape(call.state, file)) };
  },
};

const info: MethodRow = {
  tier: 4,
  token: "bot",
  scopes: { any: ["files:read"] },
  json: false,
  args: { file: { type: "text", required: true, missing: "file_not_found" } },
  errors: ["file_not_found"],
  source: "https://docs.slack.dev/reference/methods/files.info",
  run(call) {
    const file = call.state.files.get(call.args.text("file"));
    const bot = call.installation.botUserId;
    const isSeen =
      file?.user === bot || file?.channels.some((id) => call.state.channel(id)?.members.has(bot)) === true;
    // An upload that was never completed is dropped.
    if (!file?.completed || !isSeen) return { ok: false, error: "file_not_found" };
    return { ok: true, file: { ...fileShape(call.state, file), ...sharing(call, file) } };
  },
};

function wantedFiles(call: Call): { ok: true; value: { file: WorkspaceFile; title?: string }[] } | Refusal {
  const given = call.args.json("files");
  if (!Array.isArray(given) || given.length === 0) return { ok: false, error: "invalid_arguments" };
  const wanted: { file: WorkspaceFile; title?: string }[] = [];
  for (const entry of given as unknown[]) {
    if (typeof entry !== "object" || entry === null || !("id" in entry) || typeof entry.id !== "string") {
      return { ok: false, error: "invalid_arguments" };
    }
    const file = call.state.files.get(entry.id);
    if (!file || file.completed || file.user !== call.installation.botUserId) {
      return { ok: false, error: "file_not_found" };
    }
    if (!file.uploaded) return { ok: false, error: "file_update_failed" };
    const title = "title" in entry && typeof entry.title === "string" ? entry.title : undefined;
    wanted.push({ file, ...(title !== undefined && { title }) });
  }
  return { ok: true, value: wanted };
}

function wantedChannels(call: Call): { ok: true; value: Channel[] } | Refusal {
  const single = call.args.maybeText("channel_id");
  const ids = [...(single === undefined ? [] : [single]), ...call.args.list("channels")];
  if (ids.length > CHANNELS_MAX) return { ok: false, error: "channels_limit_exceeded" };
  const threadTs = call.args.maybeText("thread_ts");
  if (threadTs !== undefined && ids.length !== 1) return { ok: false, error: "invalid_arguments" };
  const channels: Channel[] = [];
  for (const id of ids) {
    const found = joinedChannel(call, id);
    if (!found.ok) return found;
    if (found.value.archived) return { ok: false, error: "posting_to_channel_denied" };
    const parent = threadTs === undefined ? undefined : call.state.message(id, threadTs);
    const isParent = parent && (parent.threadTs === undefined || parent.threadTs === parent.ts);
    if (threadTs !== undefined && !isParent) return { ok: false, error: "invalid_arguments" };
    channels.push(found.value);
  }
  return { ok: true, value: channels };
}

function share(call: Call, channel: Channel, files: WorkspaceFile[], blocks: KnownBlock[] | undefined): void {
  const threadTs = call.args.maybeText("thread_ts");
  const comment = call.args.maybeText("initial_comment");
  call.state.postMessage({
    channel: channel.id,
    user: call.installation.botUserId,
    botId: call.installation.botId,
    text: comment ?? "",
    files,
    ...(threadTs !== undefined && { threadTs }),
    ...(comment === undefined && blocks && { blocks }),
  });
}

function sharing(call: Call, file: WorkspaceFile): Record<string, unknown> {
  const open: Record<string, unknown> = {};
  const closed: Record<string, unknown> = {};
  const places: Record<Channel["kind"], string[]> = { public: [], private: [], im: [] };
  for (const [id, messages] of sharesOf(call.state, file)) {
    const channel = call.state.channel(id);
    if (!channel) continue;
    places[channel.kind].push(id);
    (channel.kind === "public" ? open : closed)[id] = messages.map((message) => ({
      ts: message.ts,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
      channel_name: channel.name,
      team_id: call.state.team.id,
      share_user_id: message.user,
      source: "UNKNOWN",
    }));
  }
  return {
    shares: {
      ...(Object.keys(open).length > 0 && { public: open }),
      ...(Object.keys(closed).length > 0 && { private: closed }),
    },
    channels: places.public,
    groups: places.private,
    ims: places.im,
  };
}

export const files = {
  "files.getUploadURLExternal": getUploadUrl,
  "files.completeUploadExternal": completeUpload,
  "files.info": info,
} satisfies Record<string, MethodRow>;
