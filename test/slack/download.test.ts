import type { FetchFunction } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { downloadFrom } from "../../src/slack/download.ts";

function aDownload(answer: (url: string) => Response | Promise<Response>, apiUrl?: string) {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const fetch: FetchFunction = async (url, init) => {
    asked.push({ url: String(url), authorization: init?.headers?.["authorization"] });
    init?.signal?.throwIfAborted();
    return Promise.race([
      Promise.resolve(answer(String(url))),
      new Promise<never>((_, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
      }),
    ]);
  };
  return { asked, download: downloadFrom({ fetch, timeout: 20, token: "xoxb-1", apiUrl }) };
}

describe("a file of Slack's", () => {
  it("is read with the bot's token", async () => {
    const { asked, download } = aDownload(() => new Response("Retries é"));
    const url = "https://files.slack.com/files-pri/T1-F1/review.md";
    expect(await download(url)).toEqual({ text: "Retries é" });
    expect(asked).toEqual([{ url, authorization: "Bearer xoxb-1" }]);
  });

  it("is read from the host of another API, where that is configured", async () => {
    const { download, asked } = aDownload(() => new Response("x"), "https://slack-gov.com/api/");
    expect(await download("https://files.slack-gov.com/files-pri/T1-F1/a.md")).toEqual({ text: "x" });
    expect(await download("https://files.slack.com/files-pri/T1-F1/a.md")).toHaveProperty("fault");
    expect(asked).toHaveLength(1);
  });

  it.each([
    "https://files.slack.com.evil.test/a.md",
    "https://evilslack.com/a.md",
    "http://files.slack.com/a.md",
    "https://docs.google.com/document/d/1",
    "file:///etc/passwd",
    "no address",
  ])("is nothing that stands at %s: the token is shown to nobody else", async (url) => {
    const { asked, download } = aDownload(() => new Response("x"));
    expect(await download(url)).toEqual({
      fault: "That file is not kept by Slack itself, so it cannot be read. Upload its text.",
    });
    expect(asked).toEqual([]);
  });

  it.each<[string, () => Response | Promise<Response>, string]>([
    [
      "a page for logging in",
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      "files:read",
    ],
    [
      "a redirection",
      () => new Response(null, { status: 302, headers: { location: "https://acme.slack.com" } }),
      "files:read",
    ],
    ["no such file", () => new Response("", { status: 404 }), "it may be gone"],
    ["a fault of Slack's", () => new Response("", { status: 503 }), "Try again in a moment"],
    ["no answer at all", () => new Promise<Response>(() => {}), "did not give the file in time"],
    ["a cut line", () => Promise.reject(new TypeError("fetch failed")), "could not be reached"],
    ["too much", () => new Response("x".repeat(600_000)), "larger than 512 KB"],
    ["a picture", () => new Response(Buffer.from([0xff, 0xd8, 0xff])), "no text in UTF-8"],
  ])("that comes as %s is refused in words", async (_, answer, words) => {
    const got = await aDownload(answer).download("https://files.slack.com/files-pri/T1-F1/a.md");
    expect("fault" in got ? got.fault : "").toContain(words);
  });
});
