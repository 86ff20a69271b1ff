/** The commands there are, with the other words for them. */
export const aliases = {
  declare: ["new", "open", "create", "start"],
  assess: [],
  update: ["post", "note"],
  status: [],
  severity: ["sev"],
  title: ["rename", "subject"],
  lead: ["ic", "commander"],
  role: [],
  roles: [],
  handover: [],
  ask: [],
  mitigate: [],
  decide: [],
  escalate: [],
  ack: [],
  page: [],
  oncall: [],
  runbook: [],
  log: [],
  timeline: [],
  action: ["followup", "todo"],
  actions: [],
  resolve: ["fixed"],
  close: [],
  reopen: [],
  cancel: [],
  duplicate: [],
  postmortem: ["pm", "retro"],
  export: [],
  list: ["ls"],
  stats: [],
  snooze: [],
  subscribe: [],
  unsubscribe: [],
  help: [],
} as const satisfies Record<string, readonly string[]>;

export type Verb = keyof typeof aliases;

const isVerb = (word: string): word is Verb => Object.hasOwn(aliases, word);
export const verbs: readonly Verb[] = Object.keys(aliases).filter(isVerb);

/** Every word that is understood -> its command. */
export const verbOf: ReadonlyMap<string, Verb> = new Map(
  verbs.flatMap((verb) => [verb, ...aliases[verb]].map((word): [string, Verb] => [word, verb])),
);

interface Explained {
  /** Arguments as they are typed. */
  usage: string;
  says: string;
  examples: readonly string[];
}

export const explained: Readonly<Record<Verb, Explained>> = {
  declare: {
    usage: "declare [SEV] [title…] [--private] [--drill] [--here]",
    says: "opens an incident at once: its channel, control card and announcement. Without a title it asks in a form. Private: seen by its people alone; drill: a rehearsal; here: in this channel.",
    examples: ["declare sev2 checkout 500s", "declare --private payroll file is public", "declare"],
  },
  assess: {
    usage: "assess [text]",
    says: "asks the four questions in a form: users, business, scope, trend; the text becomes the sentence about users. From the answers a severity is proposed.",
    examples: ["assess", "assess 15 % of checkout requests fail"],
  },
  update: {
    usage: "update [text]",
    says: "posts a stakeholder update; the text becomes its current action. Without text, a form with all five lines.",
    examples: ["update rolling back v2.3.2", "update"],
  },
  status: {
    usage: "status [STATUS]",
    says: "shows where the incident stands, or sets it to investigating, identified, mitigating or monitoring, which the channel is told as an update of one line.",
    examples: ["status", "INC-42 status", "status identified"],
  },
  severity: {
    usage: "severity SEV [reason]",
    says: "sets the severity, which the channel is told as an update of one line. Lowering one that somebody gave asks for a reason. Without a severity it asks in a form.",
    examples: ["severity sev1", "severity sev3 only one region"],
  },
  title: {
    usage: "title TEXT",
    says: "gives the incident another title; the channel keeps its name. Without text it asks in a form.",
    examples: ["title card payments fail in Europe"],
  },
  lead: {
    usage: "lead [@user]",
    says: "makes you the commander, or somebody else; the commander owns the incident.",
    examples: ["lead", "lead @bob"],
  },
  role: {
    usage: "role ROLE @user",
    says: "gives a role: commander, comms, scribe or operations.",
    examples: ["role comms @carol", "role scribe me"],
  },
  roles: {
    usage: "roles",
    says: "shows who has which role.",
    examples: ["roles"],
  },
  handover: {
    usage: "handover @user",
    says: "offers command with a brief; it moves when they accept.",
    examples: ["handover @bob"],
  },
  ask: {
    usage: "ask @user TEXT [5m]",
    says: "asks somebody to do something now; they accept or decline, and are chased once.",
    examples: ["ask @bob check the connection pool 5m"],
  },
  mitigate: {
    usage: "mitigate [OPTION WHAT]",
    says: "offers the ways to stop the bleeding, the safest first.",
    examples: ["mitigate", "mitigate rollback payment service to v2.3.1"],
  },
  decide: {
    usage: "decide TEXT",
    says: "records a decision on the timeline.",
    examples: ["decide roll back to v2.3.1"],
  },
  escalate: {
    usage: "escalate [reason]",
    says: "calls the next step of the escalation policy at once.",
    examples: ["escalate nobody answers"],
  },
  ack: {
    usage: "ack",
    says: "says that you are on it: the steps that wait for an answer stop.",
    examples: ["ack"],
  },
  page: {
    usage: "page @user|@group|policy [reason]",
    says: "calls a person, a group or a policy.",
    examples: ["page @bob the database is yours", "page payments"],
  },
  oncall: {
    usage: "oncall",
    says: "shows who is on call now, and next.",
    examples: ["oncall"],
  },
  runbook: {
    usage: "runbook [name]",
    says: "lists the runbooks, or posts one with its steps.",
    examples: ["runbook", "runbook high error rate"],
  },
  log: {
    usage: "log [HH:MM] TEXT",
    says: "puts an entry on the timeline, now or at the latest such time that is not in the future.",
    examples: ["log rollback started", "log 14:40 decided to roll back"],
  },
  timeline: {
    usage: "timeline",
    says: "shows the timeline: edit, retime, hide, bring back, use as.",
    examples: ["timeline"],
  },
  action: {
    usage: "action TEXT [@owner] [due]",
    says: "records follow-up work with an owner and a day, which end the line: fri, 2/20, 2026-02-20, in 3 days. Without text it asks in a form.",
    examples: ["action add a circuit breaker @alice fri", "action load test retries @bob in 3 days"],
  },
  actions: {
    usage: "actions",
    says: "lists the action items, with Done, Edit and Drop.",
    examples: ["actions"],
  },
  resolve: {
    usage: "resolve [text]",
    says: "ends the incident: final update, clocks stopped, post-mortem draft. Without text it asks in a form.",
    examples: ["resolve rolled back to v2.3.1", "resolve"],
  },
  close: {
    usage: "close",
    says: "closes a resolved incident, or says what is missing: a post-mortem published or waived, an owner for each action item. With all that it closes by itself.",
    examples: ["close"],
  },
  reopen: {
    usage: "reopen REASON",
    says: "takes up again what was resolved, closed or cancelled: its clock runs anew. Without a reason it asks in a form.",
    examples: ["reopen errors are back"],
  },
  cancel: {
    usage: "cancel REASON",
    says: "ends a false alarm: clocks stopped, no post-mortem, in no statistic. Without a reason it asks in a form.",
    examples: ["cancel false alarm, a test ran against production"],
  },
  duplicate: {
    usage: "duplicate INC-41",
    says: "cancels this incident as the same as another one, and links both.",
    examples: ["duplicate INC-41"],
  },
  postmortem: {
    usage: "postmortem",
    says: "opens the form for the post-mortem's written sections.",
    examples: ["postmortem", "INC-42 postmortem"],
  },
  export: {
    usage: "export",
    says: "gives the post-mortem as a markdown file.",
    examples: ["export", "INC-42 export"],
  },
  list: {
    usage: "list [open|all|SEV]",
    says: "lists incidents, newest first.",
    examples: ["list", "list all", "list sev1"],
  },
  stats: {
    usage: "stats [30d]",
    says: "counts incidents and gives the times to acknowledge, mitigate and resolve.",
    examples: ["stats", "stats 90d"],
  },
  snooze: {
    usage: "snooze [10m]",
    says: "puts off the live update reminder, at most twice in a row.",
    examples: ["snooze", "snooze 15m"],
  },
  subscribe: {
    usage: "subscribe",
    says: "sends you each update as a direct message.",
    examples: ["subscribe"],
  },
  unsubscribe: {
    usage: "unsubscribe",
    says: "stops that.",
    examples: ["unsubscribe"],
  },
  help: {
    usage: "help [command]",
    says: "explains the commands, or one of them.",
    examples: ["help", "help log"],
  },
};
