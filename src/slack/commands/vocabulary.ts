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
