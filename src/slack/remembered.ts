import { createHash } from "node:crypto";
import { z } from "zod";
import { type Identity, identitySchema } from "./identity.ts";

/** Under which the store keeps who the bot was when it last started. */
export const rememberedUnder = "identity";

const keptSchema = z.object({ token: z.string(), identity: identitySchema });

/** Tells one token from another, and gives none away. */
const fingerprint = (token: string): string => createHash("sha256").update(token).digest("hex").slice(0, 16);

/** What is kept is of one token alone: another one may be of another bot. */
export function rememberedIn(kept: string | undefined, token: string): Identity | undefined {
  const found = keptSchema.safeParse(jsonOf(kept));
  return found.success && found.data.token === fingerprint(token) ? found.data.identity : undefined;
}

export const toRemember = (identity: Identity, token: string): Record<string, string> => ({
  [rememberedUnder]: JSON.stringify({ token: fingerprint(token), identity }),
  teamUrl: identity.teamUrl,
});

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
