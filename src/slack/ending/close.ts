import type { CommandNamed } from "../../domain/command.ts";
import { missingToClose } from "../../domain/ending/missing.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import type { InputKeys } from "../keys.ts";
import { modelOf, namesIn, type SlackRoom } from "../room.ts";
import { plainWords, safe } from "../text.ts";
import type { Message } from "../views/limits.ts";
import type { Offer } from "../views/parts.ts";
import { reply } from "../views/reply.ts";

/** Buttons that are offered for action items without an owner; the list has the rest. */
const mostItems = 5;

/** Closes an incident, or says what is missing, with what brings it about. */
export async function close(
  room: SlackRoom,
  { by, keys }: { by: Omit<CommandNamed<"Close">, "type">; keys: InputKeys },
): Promise<Message> {
  const { incident: number } = by;
  const outcome = await handleInput(room, { type: "Close", ...by }, { keys });
  if (outcome.ok) return answerTo(room, outcome);
  const { sentence, code } = outcome.refusal;
  const said = safe(sentence, await namesIn(room, sentence));
  if (code === "not_resolved")
    return reply(said, [{ label: "Resolve", press: { do: "OpenResolve", incident: number } }]);
  const incident = code === "not_ready" ? await room.handling.store.incident(number) : undefined;
  if (!incident) return answerTo(room, outcome);
  const { names } = await modelOf(room, incident);
  const { postmortem, ownerless } = missingToClose(incident);
  const offers: Offer[] = [
    ...(postmortem
      ? [
          { label: "Publish post-mortem", press: { do: "Publish" as const, incident: number } },
          { label: "Waive post-mortem", press: { do: "OpenWaive" as const, incident: number } },
          { label: "Write post-mortem", press: { do: "OpenSections" as const, incident: number } },
        ]
      : []),
    ...ownerless.slice(0, mostItems).map(({ id, text }) => ({
      label: `Owner of “${plainWords(text, names) ?? ""}”`,
      press: { do: "EditItem" as const, incident: number, item: id },
    })),
    ...(ownerless.length > mostItems
      ? [{ label: "All action items", press: { do: "ShowItems" as const, incident: number, page: 0 } }]
      : []),
  ];
  return reply(said, offers);
}
