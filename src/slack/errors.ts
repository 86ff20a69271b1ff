import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";

/** Why a call to Slack brought no answer that can be used. `error` is for the log: a code, never a token or a text. */
export type Failure =
  /** `after`: ms that Slack asks to wait; absent where it did not say. `held`: it was not asked, since it had said so. */
  | { kind: "limited"; error: string; after?: number; held?: true }
  /** Nothing reached Slack. */
  | { kind: "unreachable"; error: string }
  /** It may have taken effect: lost on the way, or broken at Slack's end. */
  | { kind: "uncertain"; error: string }
  | { kind: "token"; error: string }
  /** Slack understood and said no. `details` is what it said further, `needed` a scope that is missing. */
  | { kind: "refused"; error: string; details: string[]; needed?: string };

// https://docs.slack.dev/reference/methods names these for every method.
const tokenErrors = new Set([
  "access_denied",
  "account_inactive",
  "enterprise_is_restricted",
  "invalid_auth",
  "not_allowed_token_type",
  "not_authed",
  "org_login_required",
  "team_access_not_granted",
  "team_disabled",
  "token_expired",
  "token_revoked",
  "two_factor_setup_required",
  "user_removed_from_team",
]);

/** `internal_error` and `fatal_error` are documented as "may have partly succeeded". */
const brokenErrors = new Set([
  "accesslimited",
  "fatal_error",
  "internal_error",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);

const limitErrors = new Set(["message_limit_exceeded", "rate_limited", "ratelimited"]);

/** Failures before a byte of the request could leave. */
const nothingSent = new Set([
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What `@slack/web-api` or `fetch` threw; undefined for what is no failure of a call but a bug of ours. */
export function failureOf(thrown: unknown): Failure | undefined {
  if (thrown instanceof WebAPIPlatformError) return platformFailure(thrown);
  if (thrown instanceof WebAPIRateLimitedError)
    return { kind: "limited", error: "ratelimited", after: thrown.retryAfter * 1000 };
  if (thrown instanceof WebAPIHTTPError) return statusFailure(thrown.statusCode, null);
  if (thrown instanceof WebAPIRequestError) return fetchFailure(thrown.original);
  if (!(thrown instanceof Error)) return undefined;
  // A 429 without a usable header (measured with @slack/web-api 8.2).
  if (thrown.message.startsWith("Retry header did not contain"))
    return { kind: "limited", error: "ratelimited" };
  return fetchFailure(thrown);
}

/** Slack answers 200 or 429; anything else comes from what stands before it, or from Slack being ill. */
export function statusFailure(status: number, retryAfter: string | null): Failure {
  // 408 is what a proxy says that has waited in vain for an answer.
  if (status !== 429)
    return { kind: status < 500 && status !== 408 ? "unreachable" : "uncertain", error: `HTTP ${status}` };
  const seconds = Number(retryAfter ?? Number.NaN);
  return {
    kind: "limited",
    error: "ratelimited",
    ...(Number.isFinite(seconds) && { after: seconds * 1000 }),
  };
}

/** What an answer of `ok: false` with this code means. */
export function codeFailure(error: string): Failure {
  // @slack/web-api puts an answer that is no JSON, such as a proxy's page, where the code should be.
  if (!/^\w{1,100}$/.test(error)) return { kind: "uncertain", error: "an answer that is no JSON" };
  if (tokenErrors.has(error)) return { kind: "token", error };
  if (brokenErrors.has(error)) return { kind: "uncertain", error };
  if (limitErrors.has(error)) return { kind: "limited", error };
  return { kind: "refused", error, details: [] };
}

function platformFailure({ data }: WebAPIPlatformError): Failure {
  const failure = codeFailure(data.error);
  const metadata = data.response_metadata;
  if (failure.kind === "limited" && metadata?.retryAfter !== undefined)
    return { ...failure, after: metadata.retryAfter * 1000 };
  if (failure.kind !== "refused") return failure;
  const needed = "needed" in data && typeof data.needed === "string" ? data.needed : undefined;
  return { ...failure, details: metadata?.messages ?? [], ...(needed !== undefined && { needed }) };
}

/** What `fetch` threw. The reason stands somewhere down its chain of causes. */
function fetchFailure(thrown: Error): Failure | undefined {
  const codes: string[] = [];
  let isNetwork = false;
  for (let each: unknown = thrown; each instanceof Error; each = each.cause) {
    if ("code" in each && typeof each.code === "string") codes.push(each.code);
    isNetwork ||= ["AbortError", "TimeoutError", "SocketError"].includes(each.name);
    isNetwork ||= each instanceof TypeError && ["fetch failed", "terminated"].includes(each.message);
  }
  const fatal = codes.find((code) => nothingSent.has(code));
  if (fatal !== undefined) return { kind: "unreachable", error: fatal };
  const code = codes.find((each) => /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(each));
  if (code === undefined && !isNetwork) return undefined;
  return {
    kind: "uncertain",
    error: code ?? (thrown.name === "TimeoutError" ? "timeout" : "connection lost"),
  };
}
