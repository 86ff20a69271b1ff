/** What Slack refuses is a value with Slack's own error code, for an app and for a person alike. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: string };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(error: string): { ok: false; error: string } {
  return { ok: false, error };
}

/** For callers to whom a refusal is a mistake of their own, such as a test's setup. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`The workspace refused: ${outcome.error}`);
  return outcome.value;
}
