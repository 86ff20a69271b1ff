/** The commands there are, with the other words for them. */
export const aliases = {
  declare: ["new", "open", "create", "start"],
  update: ["post", "note"],
  status: [],
  severity: ["sev"],
  title: ["rename", "subject"],
  log: [],
  resolve: ["fixed"],
  postmortem: ["pm", "retro"],
  export: [],
  list: ["ls"],
  snooze: [],
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
    usage: "declare [SEV] [title…]",
    says: "opens an incident at once: its channel, control card and announcement. Without a title it asks in a form.",
    examples: ["declare sev2 checkout 500s", "declare"],
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
  log: {
    usage: "log [HH:MM] TEXT",
    says: "puts an entry on the timeline, now or at the latest such time that is not in the future.",
    examples: ["log rollback started", "log 14:40 decided to roll back"],
  },
  resolve: {
    usage: "resolve [text]",
    says: "ends the incident: final update, clocks stopped, post-mortem draft. Without text it asks in a form.",
    examples: ["resolve rolled back to v2.3.1", "resolve"],
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
  snooze: {
    usage: "snooze [10m]",
    says: "puts off the live update reminder, at most twice in a row.",
    examples: ["snooze", "snooze 15m"],
  },
  help: {
    usage: "help [command]",
    says: "explains the commands, or one of them.",
    examples: ["help", "help log"],
  },
};
