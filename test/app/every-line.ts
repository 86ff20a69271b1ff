/** What a line is answered with: words, or the title of the form that opens. */
type Answer = RegExp | { form: string };

export interface Line {
  line: string;
  open: Answer;
  /** On an incident that has ended; where it matters how, by that. */
  ended: Answer | { resolved: Answer; closed: Answer; cancelled: Answer };
  /** It takes no incident. */
  anywhere?: true;
  /** The clock goes on so far before it is typed. */
  after?: string;
  /** What the channel shows of it while the incident is open. */
  shows?: RegExp;
}

const form = (title: string) => ({ form: title });
const on = (line: string, open: Answer, ended: Line["ended"] = open, shows?: RegExp): Line => ({
  line,
  open,
  ended,
  ...(shows && { shows }),
});
const anywhere = (line: string, open: Answer): Line => ({ line, open, ended: open, anywhere: true });

const stays = /^INC-1 (?:is|was) (?:RESOLVED|CLOSED|CANCELLED|resolved|closed|cancelled)/;
const panel = /^INC-1 .*\nStatus: [A-Z]+\nSeverity: SEV2/;
const resolveForm = {
  resolved: form("Details of INC-1"),
  closed: form("Details of INC-1"),
  cancelled: stays,
};
const notReady = { resolved: /not ready to close/, closed: /^INC-1 is closed already/, cancelled: stays };

/** Every command with all its words, each with and without what may follow it. */
export const lines: readonly Line[] = [
  on("", panel),
  anywhere("help", /^Write `.*` before each[\s\S]*During an incident[\s\S]*Asking/),
  anywhere("help log", /log \[HH:MM\] TEXT`[\s\S]*For example/),
  anywhere("help post-mortem", /postmortem` opens the form/),
  anywhere("help statsu", /Did you mean `.* help status`\?/),
  anywhere("help nonsense", /“nonsense” is no command/),
  anywhere("--help", /before each/),
  on("status", panel),
  on("STATUS", panel),
  on("status identified", /^INC-1 is IDENTIFIED: update \d+ says so/, stays, /Status: IDENTIFIED, was/),
  on("status identified", /IDENTIFIED already/, stays),
  on("status mitigating", /MITIGATING: update/, stays),
  on("status monitoring", /MONITORING: update/, stays),
  on("status mitigated", /MONITORING already[\s\S]*what worked\?/, stays),
  on("status Investigating.", /INVESTIGATING: update/, stays),
  on("status fixed", form("Resolve INC-1"), resolveForm),
  on("status resolved", form("Resolve INC-1"), resolveForm),
  on("status closed", /resolve it first/, notReady),
  on("status cancelled", form("Cancel INC-1"), {
    resolved: form("Cancel INC-1"),
    closed: form("Cancel INC-1"),
    cancelled: stays,
  }),
  anywhere("status green", /“green” is no status, so nothing was changed/),
  on("assess", form("Assess INC-1")),
  on("assess 15 % of checkout requests fail", form("Assess INC-1")),
  on("update", form("Update INC-1"), stays),
  on(
    "update rolling back v2.3.2",
    /^Update \d+ of INC-1 is posted/,
    stays,
    /Current action: rolling back v2\.3\.2/,
  ),
  on("post “rolled back”", /is posted/, stays, /Current action: rolled back/),
  on("note watching the error rate", /is posted/, stays, /watching the error rate/),
  on("severity", form("Severity of INC-1"), stays),
  on("sev sev1", /^INC-1 is SEV1: update/, stays, /Severity: SEV1, was SEV2/),
  on("severity sev3", /lowering it to SEV3 asks for a reason[\s\S]*\[Give the reason\]/, stays),
  on("severity SEV–2 only one region", /^INC-1 is SEV2/, stays, /only one region/),
  anywhere("severity high", /“high” is no severity, so nothing was changed/),
  on("title", form("Title of INC-1")),
  on("rename card payments fail", /INC-1 has its new title/, undefined, /now called “card payments fail”/),
  on("subject checkout 500s", /INC-1 has its new title/, undefined, /now called “checkout 500s”/),
  on("lead", /^You are commander of INC-1/, stays, /@\w+ leads/),
  on("roles", /^Roles of INC-1[\s\S]*Commander: @\w+ since/, /^Roles of INC-1/),
  on("ic @bob", /^@bob is commander of INC-1/, stays, /@bob leads, named by/),
  on("commander me", /@bob leads INC-1[\s\S]*\[Take command from @bob\]/, stays),
  on("role", form("Roles of INC-1"), stays),
  on("role comms @bob", /^@bob is comms lead of INC-1/, stays, /@bob is comms lead/),
  on("role scribe me", /^You are scribe of INC-1/, stays, /is scribe/),
  on("role operations", /Who\?[\s\S]*\[I am operations lead\]/, stays),
  on("role janitor @bob", /`janitor` is no role, so nothing was done/, stays),
  on("handover", form("Hand over INC-1"), stays),
  on("handover @bob", /@bob leads INC-1, so only they can hand it over/, stays),
  on("ask", form("Ask for INC-1"), stays),
  on("ask @bob check the pool 5m", /^@bob is asked in the channel of INC-1/, stays, /@bob check the pool/),
  on("ask check the pool", /^Whom\?[\s\S]*\[Ask somebody\]/, stays),
  on("mitigate", /^Stop the bleeding of INC-1[\s\S]*\[Rollback\]/),
  on("mitigate rollback to v2.3.1", form("Rollback"), /\[Record what worked\]/),
  on("mitigate prayer", /`prayer` names none of them[\s\S]*\[Rollback\]/),
  on("decide", form("Decision in INC-1")),
  on("decide roll back to v2.3.1", /Recorded as a decision/, undefined, /Decision: roll back to v2\.3\.1/),
  on("escalate", /^Nobody was called: @alice \(knows already\)/, stays),
  on("escalate nobody answers", /^Calling|was called/, stays),
  on("ack", /^You have INC-1/, stays),
  on("page", form("Call for INC-1"), stays),
  on("page @bob the database is yours", /^Calling @bob/, stays, /Reason: the database is yours/),
  on("page @sre", /^Calling group/, stays, /Calling @bob/),
  on("page default", /^Calling/, stays, /step 1 of default/),
  on("page nobody", /`nobody` is no person, group, policy or rotation/, undefined),
  anywhere("oncall", /On call\nprimary: @alice until .*, then @bob/),
  anywhere("on-call", /On call\nprimary/),
  on("runbook", /Runbooks for INC-1\n• High Error Rate/),
  on(
    "runbook high error rate",
    /High Error Rate (?:comes in|stands in)/,
    undefined,
    /Runbook: High Error Rate/,
  ),
  on("runbook nonsense", /There is no runbook `nonsense`/),
  on("log", form("Log for INC-1")),
  on("log rollback started", /^Logged for INC-1: .*ago\)\n\[Undo\]/, undefined, /UTC - rollback started/),
  on(
    "log 14:30 deployed v2.3.2",
    /^Logged for INC-1: 14:30 UTC \(/,
    undefined,
    /14:30 UTC - deployed v2\.3\.2/,
  ),
  on("log 25:99 deployed", /“25:99” is no time of day[\s\S]*Nothing was logged/),
  on("timeline", /^Timeline of INC-1[\s\S]*\[Log\]/),
  on("action", form("Action item, INC-1")),
  on(
    "action add a circuit breaker @alice fri",
    /owner @alice, due Friday 2024-02-16/,
    undefined,
    /☐ add a circuit/,
  ),
  on("followup load test retries @bob in 3 days", /owner @bob, due Sunday 2024-02-18/),
  on("todo check alarms", /no owner yet, no due day/, undefined, /☐ check alarms/),
  on("actions", /^Action items of INC-1: \d open/),
  {
    ...on("snooze", /^Snoozed: the next update of INC-1 is due/, /nothing to snooze/, /Update snoozed/),
    after: "29m",
  },
  on("snooze 15m", /was snoozed: the next one comes at/, /nothing to snooze/),
  anywhere("snooze a while", /no number of minutes/),
  anywhere("subscribe", /you get each update[\s\S]*\[Send me no more updates\]/i),
  anywhere("unsubscribe", /You get no more updates/),
  anywhere("list", /Open incidents|No incident is open/),
  anywhere("ls all", /All incidents|There is no incident yet/),
  anywhere("list sev1", /SEV1/),
  anywhere("list yesterday", /I do not know “yesterday”/),
  anywhere("stats", /^The last 30 days/),
  anywhere("stats 7d", /^The last 7 days/),
  anywhere("stats soon", /no number of days/),
  on("postmortem", form("Post-mortem INC-1")),
  on("pm", form("Post-mortem INC-1")),
  on("retro", form("Post-mortem INC-1")),
  on("export", /comes as a file in/),
  on("resolve", form("Resolve INC-1"), resolveForm),
  on("fixed", form("Resolve INC-1"), resolveForm),
  on("close", /resolve it first/, notReady),
  on("cancel", form("Cancel INC-1"), {
    resolved: form("Cancel INC-1"),
    closed: form("Cancel INC-1"),
    cancelled: stays,
  }),
  on("duplicate", form("INC-1 is the same"), {
    resolved: form("INC-1 is the same"),
    closed: form("INC-1 is the same"),
    cancelled: stays,
  }),
  on("duplicate INC-99", /There is no INC-99/),
  on("duplicate INC-1", /this very incident/, {
    resolved: /this very/,
    closed: /this very|INC-1/,
    cancelled: /INC-1/,
  }),
  on("reopen", /INC-1 is [A-Z]+: it is open/, form("Reopen INC-1")),
  on("status inc-1", panel),
  anywhere("INC-99", /There is no INC-99/),
  anywhere("INC-99 update all good", /There is no INC-99/),
  anywhere("statsu", /Did you mean `\S+ status`/),
  anywhere("mitgate", /Did you mean `\S+ mitigate`/),
  anywhere("acknowledge", /Did you mean `\S+ ack`/),
  anywhere("identified", /Did you mean `\S+ status identified`/),
  anywhere("escalte now", /Did you mean `\S+ escalate`[\s\S]*\[Declare “escalte now”\]/),
  anywhere("checkout is failing", /is no command[\s\S]*\[Declare “checkout is failing”\]/),
  anywhere("sev2 checkout is slow", /no command of its own[\s\S]*\[Declare SEV2 "checkout is slow"\]/),
  anywhere("—private payroll leak", /belongs behind “declare”[\s\S]*\[Declare --private "payroll leak"\]/),
  anywhere("declare —privat payroll leak", /“--privat” is no flag that I know, so nothing was declared/),
  anywhere("declare sev7 search is slow", /There is no SEV7/),
  anywhere("declare", form("Declare an incident")),
  on("reopen the errors are back", /it is open/, /^INC-1 is open again/),
];

/** What ends an incident, in an order in which each can. */
export const endings: readonly Line[] = [
  on("cancel a load test ran", /^INC-1 is CANCELLED/, undefined, /a false alarm \(a load test ran\)/),
  on("reopen it is real", /^INC-1 is open again/, undefined, /Reopened \(it is real\)/),
  on("duplicate INC-2", /^INC-1 is CANCELLED as the same as INC-2/, undefined, /the same as INC-2/),
  on("reopen it is another thing", /^INC-1 is open again/, undefined, /Reopened/),
  on("resolve rolled back to v2.3.1", /^INC-1 is resolved/, undefined, /Status: RESOLVED/),
  on("fixed by restarting too", /INC-1/, undefined),
  on("close", /not ready to close/, undefined),
];

/** Each opens an incident, or asks first. */
export const declarations: readonly Line[] = [
  anywhere("declare sev3 search is slow", /INC-\d+ is being opened/),
  anywhere("new “mail –5% delivered”", /INC-\d+ is being opened/),
  anywhere("open the lights are out", /INC-\d+ is being opened/),
  anywhere("create sev 4 typo on the front page", /INC-\d+ is being opened/),
  anywhere("START SEV1 data centre floods", /INC-\d+ is being opened/),
  anywhere("declare —drill game day", /INC-\d+ is being opened/),
  anywhere("declare payroll leak --private", /INC-\d+ is being opened|nothing was declared/),
  anywhere("declare database is slow --here", /so nothing|recorded from then on|needs a channel/),
];
