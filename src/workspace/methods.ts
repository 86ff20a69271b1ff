import { app } from "./methods/app.ts";
import { bookmarks } from "./methods/bookmarks.ts";
import { chat } from "./methods/chat.ts";
import type { MethodRow } from "./methods/contract.ts";
import { conversations } from "./methods/conversations.ts";
import { files } from "./methods/files.ts";
import { lists } from "./methods/lists.ts";
import { marks } from "./methods/marks.ts";
import { people } from "./methods/people.ts";
import { reads } from "./methods/reads.ts";
import { views } from "./methods/views.ts";

/** Every method that this workspace knows; any other answers unknown_method. */
export const methodTable: ReadonlyMap<string, MethodRow> = new Map<string, MethodRow>(
  Object.entries({
    ...app,
    ...conversations,
    ...lists,
    ...people,
    ...bookmarks,
    ...reads,
    ...chat,
    ...marks,
    ...views,
    ...files,
  }),
);

/** Errors that any method can give: https://docs.slack.dev/apis/web-api */
export const commonErrors: ReadonlySet<string> = new Set([
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "not_allowed_token_type",
  "missing_scope",
  "ratelimited",
  "invalid_arguments",
  "invalid_arg_name",
  "invalid_form_data",
  "invalid_json",
  "invalid_post_type",
  "missing_post_type",
  "internal_error",
  "fatal_error",
]);

/**
 * Which scopes a method asks for. Of one list any one scope is enough; `also` is needed beside them for the use that it
 * names.
 * @throws {Error} for a method that is not in the table
 */
export function methodScopes(method: string): {
  public: readonly string[];
  private: readonly string[];
  im: readonly string[];
  any: readonly string[];
  also: Readonly<Record<string, string>>;
} {
  const row = methodTable.get(method);
  if (!row) throw new Error(`The workspace has no method ${method}.`);
  const { scopes } = row;
  return {
    public: scopes.public ?? [],
    private: scopes.private ?? [],
    im: scopes.im ?? [],
    any: scopes.any ?? [],
    also: scopes.also ?? {},
  };
}
