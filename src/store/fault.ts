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

/** The database cannot be used. The message is a sentence for people; `cause` is what the driver said. */
export class StoreFault extends Error {
  readonly kind: FaultKind;

  constructor(kind: FaultKind, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = "StoreFault";
    this.kind = kind;
  }
}
