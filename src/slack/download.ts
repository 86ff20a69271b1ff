import type { FetchFunction } from "@slack/web-api";
import { timed } from "../clock.ts";

/** Bytes of a text that is read while somebody waits for the form's answer. */
const mostBytes = 512 * 1024;

/** What a file holds, or why it could not be had, in a sentence. */
type Downloaded = { text: string } | { fault: string };
export type Download = (address: string) => Promise<Downloaded>;

type FetchResponse = Awaited<ReturnType<FetchFunction>>;

interface DownloadNeeds {
  fetch: FetchFunction;
  /** Wire milliseconds within which a file must be there. */
  timeout: number;
  /** The bot's; it is shown to nobody but Slack. */
  token: string;
  /** Undefined: Slack's own. */
  apiUrl: string | undefined;
}

/** Fetches the text of a file by its `url_private` (https://docs.slack.dev/reference/objects/file-object). */
export function downloadFrom({ fetch, timeout, token, apiUrl }: DownloadNeeds): Download {
  const api = new URL(apiUrl ?? "https://slack.com/api/");
  return async (address) => {
    if (!isSlacks(address, api))
      return { fault: "That file is not kept by Slack itself, so it cannot be read. Upload its text." };
    return timed(timeout, async (late) => {
      try {
        // Whoever may not read it is sent on to a page for logging in.
        const response = await fetch(address, {
          redirect: "manual",
          signal: late,
          headers: { authorization: `Bearer ${token}` },
        });
        return response.status === 200 ? await textOf(response) : { fault: refusalOf(response.status) };
      } catch {
        return {
          fault: late.aborted
            ? "Slack did not give the file in time. Try again in a moment."
            : "Slack could not be reached for the file. Try again in a moment.",
        };
      }
    });
  };
}

/** The API's host or one below it, where files are kept: the token goes nowhere else. */
function isSlacks(address: string, api: URL): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, host } = new URL(address);
  return protocol === api.protocol && (host === api.host || hostname.endsWith(`.${api.hostname}`));
}

const refusalOf = (status: number): string =>
  status >= 500 || status === 429
    ? "Slack cannot give the file just now. Try again in a moment."
    : "Slack does not let Sitrep read that file: it may be gone, or the app lacks the scope files:read.";

async function textOf(response: FetchResponse): Promise<Downloaded> {
  if (/^text\/html/i.test(response.headers.get("content-type") ?? "")) return { fault: refusalOf(403) };
  if (isTooLarge(Number(response.headers.get("content-length")))) return { fault: tooLarge };
  const bytes = await response.arrayBuffer();
  if (isTooLarge(bytes.byteLength)) return { fault: tooLarge };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { fault: "That file is no text in UTF-8, so nothing was changed." };
  }
}

/** Said where the size is known beforehand, too. */
export const tooLarge = `That file is larger than ${mostBytes / 1024} KB, so nothing was changed. The command “sitrep import” takes longer ones.`;
export const isTooLarge = (bytes: number): boolean => bytes > mostBytes;
