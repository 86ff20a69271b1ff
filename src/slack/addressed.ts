/** What stands after the mention that opens the message; null when none does. */
export function addressed(text: string, botUserId: string): string | null {
  const [, mentioned, rest = ""] = /^\s*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[\s,:]*([\s\S]*)$/.exec(text) ?? [];
  return mentioned === botUserId ? rest.trim() : null;
}
