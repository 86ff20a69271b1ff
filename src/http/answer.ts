/** What a route answers; the server writes it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  // Facts about incidents and about ourselves are true now, not later.
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
  body: `${JSON.stringify(value)}\n`,
});

/** `code` is for programs and never changes, `message` says to a person what would be right. */
export const failure = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer => json(status, { error: { code, message } }, headers);
