/**
 * An error in a few words for the log: its innermost cause, since wrappers of a database driver repeat the statement with
 * its parameters, and those are people's words.
 */
export function faultOf(error: unknown): string {
  let cause = error;
  for (let depth = 0; depth < 10 && cause instanceof Error && cause.cause !== undefined; depth++)
    cause = cause.cause;
  if (!(cause instanceof Error)) return "unknown error";
  const code = "code" in cause && typeof cause.code === "string" ? `${cause.code}: ` : "";
  return `${code}${cause.message.split("\n", 1)[0]?.slice(0, 200) ?? cause.name}`;
}
