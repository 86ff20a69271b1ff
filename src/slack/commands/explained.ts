import type { Verb } from "./vocabulary.ts";

interface Explained {
  /** A few words, for the list of all commands. */
  brief: string;
  /** Arguments as they are typed. */
  usage: string;
  says: string;
  examples: readonly string[];
}

export const explained: Readonly<Record<Verb, Explained>> = {
  declare: {
    brief: "opens an incident",
    usage: "declare [SEV] [title…] [--private] [--drill] [--here]",
    says: "opens an incident at once: its channel, control card and announcement. Without a title it asks in a form. Private: seen by its people alone; drill: a rehearsal; here: in this channel.",
    examples: ["declare sev2 checkout 500s", "declare --private payroll file is public", "declare"],
  },
  assess: {
    brief: "asks the four questions",
    usage: "assess [text]",
    says: "asks the four questions in a form: users, business, scope, trend; the text becomes the sentence about users. From the answers a severity is proposed.",
    examples: ["assess", "assess 15 % of checkout requests fail"],
  },
  update: {
    brief: "tells stakeholders",
    usage: "update [text]",
    says: "posts a stakeholder update; the text becomes its current action. Without text, a form with all five lines.",
    examples: ["update rolling back v2.3.2", "update"],
  },
  status: {
    brief: "shows or sets it",
    usage: "status [STATUS]",
    says: "shows where the incident stands, or sets it: investigating, identified, mitigating or monitoring, which the channel is told as an update of one line. Mitigated means monitoring; resolved, closed and cancelled end it.",
    examples: ["status", "INC-42 status", "status identified"],
  },
  severity: {
    brief: "sets it",
    usage: "severity SEV [reason]",
    says: "sets the severity, which the channel is told as an update of one line. Lowering one that somebody gave asks for a reason. Without a severity it asks in a form.",
    examples: ["severity sev1", "severity sev3 only one region"],
  },
  title: {
    brief: "changes it",
    usage: "title TEXT",
    says: "gives the incident another title; the channel keeps its name. Without text it asks in a form.",
    examples: ["title card payments fail in Europe"],
  },
  lead: {
    brief: "makes you the commander",
    usage: "lead [@user]",
    says: "makes you the commander, or somebody else; the commander owns the incident. Taking command from somebody asks first, and is announced.",
    examples: ["lead", "lead @bob"],
  },
  role: {
    brief: "gives a role",
    usage: "role ROLE @user",
    says: "gives a role: commander, comms lead, scribe or operations lead. Whoever gets one is told, and may say “Not me”. Without words it asks in a form.",
    examples: ["role comms @carol", "role scribe me"],
  },
  roles: {
    brief: "shows who does what",
    usage: "roles",
    says: "shows who has which role.",
    examples: ["roles"],
  },
  handover: {
    brief: "offers command, with a brief",
    usage: "handover @user",
    says: "offers command with a brief made of facts; it moves when they accept. Without a person it asks in a form.",
    examples: ["handover @bob"],
  },
  ask: {
    brief: "asks somebody to do something now",
    usage: "ask @user TEXT [5m]",
    says: "asks somebody to do something now; they accept or decline, and are chased once, after 10 minutes unless a time ends the line. Without words it asks in a form.",
    examples: ["ask @bob check the connection pool 5m"],
  },
  mitigate: {
    brief: "ways to stop the bleeding",
    usage: "mitigate [OPTION WHAT]",
    says: "offers the ways to stop the bleeding, the safest first: rollback, feature flag off, traffic routing, graceful degradation, emergency fix. With one of them, its form.",
    examples: ["mitigate", "mitigate rollback payment service to v2.3.1"],
  },
  decide: {
    brief: "records a decision",
    usage: "decide TEXT",
    says: "records a decision as a key entry of the timeline. Without text it asks in a form.",
    examples: ["decide roll back to v2.3.1"],
  },
  escalate: {
    brief: "calls the next step now",
    usage: "escalate [reason]",
    says: "calls the next step of the escalation policy at once.",
    examples: ["escalate nobody answers"],
  },
  ack: {
    brief: "says that you are on it",
    usage: "ack",
    says: "says that you are on it: the steps that wait for an answer stop.",
    examples: ["ack"],
  },
  page: {
    brief: "calls somebody",
    usage: "page @user|@group|policy [reason]",
    says: "calls a person, a user group, an escalation policy or an on-call rotation at once. Without words it asks in a form.",
    examples: ["page @bob the database is yours", "page payments"],
  },
  oncall: {
    brief: "shows who is on call",
    usage: "oncall",
    says: "shows who is on call now, until when, and who is next.",
    examples: ["oncall"],
  },
  runbook: {
    brief: "shows them, or posts one",
    usage: "runbook [name]",
    says: "lists the runbooks, or posts one with its steps.",
    examples: ["runbook", "runbook high error rate"],
  },
  log: {
    brief: "adds an entry to the timeline",
    usage: "log [HH:MM] TEXT",
    says: "puts an entry on the timeline, now, at the latest such time that is not in the future, or so long ago. Without text it asks in a form.",
    examples: ["log rollback started", "log 14:40 decided to roll back", "log 10m ago deployed v2.3.2"],
  },
  timeline: {
    brief: "shows and corrects it",
    usage: "timeline",
    says: "shows the timeline. Each entry can be edited, retimed, hidden and brought back; its time can be used as started, detected, mitigated or resolved.",
    examples: ["timeline"],
  },
  action: {
    brief: "records follow-up work",
    usage: "action TEXT [@owner] [due]",
    says: "records follow-up work with an owner and a day, which end the line: fri, 2/20, 2026-02-20, in 3 days. Without text it asks in a form.",
    examples: ["action add a circuit breaker @alice fri", "action load test retries @bob in 3 days"],
  },
  actions: {
    brief: "shows the follow-up work",
    usage: "actions",
    says: "lists the action items, with Done, Edit and Drop.",
    examples: ["actions"],
  },
  resolve: {
    brief: "ends it, with the final update",
    usage: "resolve [text]",
    says: "ends the incident: final update, clocks stopped, post-mortem draft. Without text it asks in a form.",
    examples: ["resolve rolled back to v2.3.1", "resolve"],
  },
  close: {
    brief: "closes it, once all is written and owned",
    usage: "close",
    says: "closes a resolved incident, or says what is missing: a post-mortem published or waived, an owner for each action item. With all that it closes by itself.",
    examples: ["close"],
  },
  reopen: {
    brief: "takes it up again",
    usage: "reopen REASON",
    says: "takes up again what was resolved, closed or cancelled: its clock runs anew. Without a reason it asks in a form.",
    examples: ["reopen errors are back"],
  },
  cancel: {
    brief: "ends a false alarm",
    usage: "cancel REASON",
    says: "ends a false alarm: clocks stopped, no post-mortem, in no statistic. Without a reason it asks in a form.",
    examples: ["cancel false alarm, a test ran against production"],
  },
  duplicate: {
    brief: "ends it as the same as another",
    usage: "duplicate INC-41",
    says: "cancels this incident as the same as another one, and links both.",
    examples: ["duplicate INC-41"],
  },
  postmortem: {
    brief: "writes its sections",
    usage: "postmortem",
    says: "opens the form for the post-mortem’s written sections. Longer texts come from a file: *Replace from file*, under the draft.",
    examples: ["postmortem", "INC-42 postmortem"],
  },
  export: {
    brief: "gives it as a file",
    usage: "export",
    says: "gives the post-mortem as a markdown file.",
    examples: ["export", "INC-42 export"],
  },
  list: {
    brief: "shows the incidents",
    usage: "list [open|all|SEV]",
    says: "lists the incidents that you may see, newest first: the open ones, all, or those of a severity.",
    examples: ["list", "list all", "list sev1"],
  },
  stats: {
    brief: "shows counts and times",
    usage: "stats [30d]",
    says: "counts incidents and gives the times to acknowledge, mitigate and resolve.",
    examples: ["stats", "stats 90d"],
  },
  snooze: {
    brief: "puts off the update reminder",
    usage: "snooze [10m]",
    says: "puts off the live update reminder, at most twice in a row; the published “Next update” follows.",
    examples: ["snooze", "snooze 15m"],
  },
  subscribe: {
    brief: "sends you each update",
    usage: "subscribe",
    says: "sends you each update of every incident that you may see as a direct message.",
    examples: ["subscribe"],
  },
  unsubscribe: {
    brief: "stops that",
    usage: "unsubscribe",
    says: "stops the updates by direct message that “subscribe” began.",
    examples: ["unsubscribe"],
  },
  help: {
    brief: "explains one command",
    usage: "help [command]",
    says: "explains the commands, or one of them.",
    examples: ["help", "help log"],
  },
};

/** The list of all commands, by when they are wanted. */
export const helpGroups: readonly { name: string; verbs: readonly Verb[] }[] = [
  {
    name: "During an incident",
    verbs: [
      "declare",
      "assess",
      "update",
      "status",
      "severity",
      "mitigate",
      "decide",
      "log",
      "runbook",
      "snooze",
      "title",
    ],
  },
  { name: "People", verbs: ["lead", "role", "handover", "ask", "ack", "escalate", "page"] },
  {
    name: "Ending it, and after",
    verbs: ["resolve", "cancel", "duplicate", "reopen", "action", "postmortem", "export", "close"],
  },
  {
    name: "Asking",
    verbs: ["list", "timeline", "roles", "oncall", "actions", "stats", "subscribe", "unsubscribe", "help"],
  },
];
