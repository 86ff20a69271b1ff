import type { WorkspaceFile, WorkspaceMessage } from "../model.ts";
import { done, type Outcome, refused } from "./outcome.ts";
import type { Team } from "./team.ts";

const MIME_TYPES: Record<string, string> = {
  txt: "text/plain",
  md: "text/markdown",
  json: "application/json",
  csv: "text/csv",
  html: "text/html",
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
};

/** A place for bytes that are still to come. */
export function announceFile(
  team: Team,
  file: { name: string; length: number; user: string },
): WorkspaceFile {
  const extension = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const announced: WorkspaceFile = {
    id: team.ids.next("F"),
    name: file.name,
    title: file.name,
    mimetype: MIME_TYPES[extension] ?? "application/octet-stream",
    content: new Uint8Array(),
    user: file.user,
    length: file.length,
    uploaded: false,
    completed: false,
    channels: [],
  };
  team.files.set(announced.id, announced);
  return announced;
}

/** Errors: file_not_found, already_completed, length_mismatch. */
export function receiveBytes(team: Team, fileId: string, content: Uint8Array): Outcome<WorkspaceFile> {
  const file = team.files.get(fileId);
  if (!file) return refused("file_not_found");
  if (file.completed) return refused("already_completed");
  if (content.byteLength !== file.length) return refused("length_mismatch");
  file.content = content;
  file.uploaded = true;
  return done(file);
}

/** Where a file is shown, by conversation id: the messages that carry it. */
export function sharesOf(team: Team, file: WorkspaceFile): Map<string, WorkspaceMessage[]> {
  const shares = new Map<string, WorkspaceMessage[]>();
  for (const id of file.channels) {
    const carrying = team.channel(id)?.messages.filter((message) => message.files.includes(file)) ?? [];
    if (carrying.length > 0) shares.set(id, carrying);
  }
  return shares;
}
