import type { EffectNamed } from "../../domain/effect.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { escapeText } from "../../domain/words.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { ClaimedEffect } from "../../store/port.ts";
import { drillMark } from "../views/drill.ts";
import { post } from "./fetch.ts";
import { postOnce } from "./post-once.ts";
import { directMessage, skipped, type Stage } from "./stage.ts";

/**
 * The answer to a command cannot be looked up, nor replaced (slackapi/bolt-js#2287). Once the response URL may have been
 * used, the direct message, which can be looked up, takes over: then at least no place shows it twice.
 */
export async function tellDeclarer(
  stage: Stage,
  claimed: ClaimedEffect,
  { incident: number, user }: EffectNamed<"TellDeclarer">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  if (!incident) return skipped("the incident is not there");
  const text = textFor(incident);
  // That nothing was opened must not be missed, as the answer to a command can be.
  const isLost = incident.private && !incident.channel;
  if (claimed.secret !== null && claimed.suspectSince === null && !isLost) {
    const status = await post(stage, "response_url", claimed.secret, {
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({ text, response_type: "ephemeral", replace_original: false }),
    });
    // 4xx: it has expired, or was used five times.
    if (status < 300) return { as: "done" };
  }
  const channel = await directMessage(stage, user);
  await postOnce(stage, claimed, { channel }, { text });
  return { as: "done" };
}

function textFor(incident: Incident): string {
  const name = `${incident.drill ? `${drillMark} · ` : ""}${reference(incident)}`;
  if (incident.channel) return `${name} is open: <#${incident.channel.id}>`;
  const reason = incident.troubles.at(-1)?.sentence;
  if (incident.private) {
    const why =
      "A private incident gets a private channel or none, so nothing was opened and nobody was told.";
    return escapeText(
      `${name} was not opened. ${reason ?? ""} ${why} Once that is mended, declare it again.`,
    );
  }
  const why = incident.opening.channelRefused ?? reason ?? "";
  return escapeText(
    `${name} is recorded, but its channel could not be opened. ${why} It goes on in a thread where you declared it, or in your direct messages with me.`,
  );
}
