/** What is wrong with the database, for whoever picks an exit code, a log level or words. */
export type FaultKind =
  /** The path cannot be created, opened or written. */
  | "unwritable"
  /** The file is not there any more, or another one is in its place. */
  | "moved"
  /** The file is damaged, no database, or not Sitrep's. */
  | "not_ours"
  /** Written by a later version than this. */
  | "newer"
  /** Another process serves from it. */
  | "in_use"
  /** Somebody holds its write lock for longer than we wait. */
  | "busy"
  /** No space left. */
  | "full";

const remedies: Readonly<Record<FaultKind, string>> = {
  unwritable:
    "See that its disk is mounted and writable, and that whoever Sitrep runs as may write the file and its folder.",
  moved: "Put the file back, or start Sitrep anew to go on with what is there now.",
  not_ours: "Keep a copy of the file and restore a backup, or let DATABASE_URL name another file.",
  newer: "Run that version, or restore a backup.",
  in_use: "Stop it first.",
  busy: "End the process that holds it: a backup, say, or a shell with an open transaction.",
  full: "Free some, or move it to a larger disk.",
};

/** The database cannot be used. The message tells people what and where, and then what to do; `cause` is what the driver said. */
export class StoreFault extends Error {
  readonly kind: FaultKind;
  /** What is wrong, and where. */
  readonly sentence: string;
  /** What helps, in the imperative. */
  readonly todo: string;
  /** It was met while reading. Else nothing of the commit was kept. */
  readonly reading: boolean;

  constructor(
    kind: FaultKind,
    sentence: string,
    {
      todo = remedies[kind],
      reading = false,
      ...options
    }: ErrorOptions & { todo?: string; reading?: boolean } = {},
  ) {
    super(`${sentence} ${todo}`, options);
    this.name = "StoreFault";
    this.kind = kind;
    this.sentence = sentence;
    this.todo = todo;
    this.reading = reading;
  }
}
