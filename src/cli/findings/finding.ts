/** Something that is not well, and what to do about it. */
export interface Finding {
  finding: "database" | "not served" | "stuck" | "held" | "refused";
  /** What is wrong, in a sentence. */
  says: string;
  /** In the imperative. */
  todo: string;
  /** Facts that belong to it, for programs. */
  facts?: Record<string, string | number | boolean | null>;
  /** The same for people, a line. */
  details?: string;
}
