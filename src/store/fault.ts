/** What is wrong with the database, for whoever picks an exit code or a log level. */
export type FaultKind =
  /** The path cannot be created, opened or written. */
  | "unwritable"
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

/** What helps, in the imperative. */
const remedies: Readonly<Record<FaultKind, string>> = {
  unwritable:
    "See that its disk is mounted and writable, and that the user of Sitrep may write the file and its folder.",
  not_ours: "Keep a copy of the file and restore a backup, or let DATABASE_URL name another file.",
  newer: "Run that version, or restore a backup that is older.",
  in_use: "Stop that one first.",
  busy: "End the process that holds it: a backup, or a shell with an open transaction.",
  full: "Free some, or move it to a larger disk.",
};

/** The database cannot be used. The message is a sentence for people; `cause` is what the driver said. */
export class StoreFault extends Error {
  readonly kind: FaultKind;

  constructor(kind: FaultKind, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = "StoreFault";
    this.kind = kind;
  }

  get todo(): string {
    return remedies[this.kind];
  }
}
