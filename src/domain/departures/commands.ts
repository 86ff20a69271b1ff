import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type DeparturesCommand =
  /** A fact from Slack: whether the person's account is deactivated. */
  CommandOf<"NotePerson", { incident: number; user: string; gone: boolean }>;

export const isDeparturesCommand = named<DeparturesCommand["type"]>(["NotePerson"]);
