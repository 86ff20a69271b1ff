import type { IncomingMessage } from "node:http";
import type { WorkspaceState } from "../state.ts";
import { readBody } from "./request.ts";

/** Reads the bytes; the returned step stores them and gives the status and text to answer (200 when all of them came). */
export async function receiveUpload(
  req: IncomingMessage,
): Promise<(state: WorkspaceState, fileId: string) => { status: number; body: string }> {
  const content = await uploadedBytes(req);
  return (state, fileId) => {
    const received = state.receiveBytes(fileId, content);
    if (received.ok) return { status: 200, body: `OK - ${content.byteLength}` };
    return { status: received.error === "file_not_found" ? 404 : 400, body: received.error };
  };
}

async function uploadedBytes(req: IncomingMessage): Promise<Uint8Array> {
  const body = await readBody(req);
  const contentType = req.headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/form-data")) return body;
  const form = await new Response(body, { headers: { "content-type": contentType } })
    .formData()
    .catch(() => undefined);
  const file = [...(form?.values() ?? [])].find((value) => typeof value !== "string");
  return file === undefined ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
}
