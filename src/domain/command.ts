import type { AccessCommand } from "./access/commands.ts";
import type { DeparturesCommand } from "./departures/commands.ts";
import type { ActionItemsCommand } from "./action-items/commands.ts";
import type { AsksCommand } from "./asks/commands.ts";
import type { AssessmentCommand } from "./assessment/commands.ts";
import type { AudiencesCommand } from "./audiences/commands.ts";
import type { CorrectionsCommand } from "./corrections/commands.ts";
import type { EndingCommand } from "./ending/commands.ts";
import type { EscalationCommand } from "./escalation/commands.ts";
import type { MitigationCommand } from "./mitigation/commands.ts";
import type { OpeningCommand } from "./opening/commands.ts";
import type { Outage } from "./outage.ts";
import type { OpenIncident } from "./policy/similar.ts";
import type { SourceMessage } from "./opening/source.ts";
import type { PresenceCommand } from "./presence/commands.ts";
import type { RolesCommand } from "./roles/commands.ts";
import type { RunbooksCommand } from "./runbooks/commands.ts";
import type { TroublesCommand } from "./troubles/commands.ts";
import type { CommandOf } from "./command-shape.ts";
import type { Slot } from "./slot.ts";
import type { Audience, DataLoss, LiveStatus, Severity, WrittenSection } from "./vocab.ts";
import type { Words } from "./words.ts";

/** A key entry as a draft may quote it. */
export interface KeyEntry {
  at: number;
  text: Words;
  from: "message" | "log entry" | "decision";
  ts?: string;
  /** Of a reply: the message that it answers. */
  threadTs?: string;
}

/** What somebody or something wants of an incident. `at` is incident time; ids come with it, so that deciding is pure. */
export type Command =
  | CommandOf<
      "Declare",
      {
        title: Words;
        severity: Severity | null;
        /** Allotted by the store; see `handle`. */
        number: number;
        private?: boolean;
        drill?: boolean;
        /** Names of configured services, or others. */
        services?: string[];
        /** What people see. */
        impact?: Words;
        /** User ids who are brought into the channel, whatever the configuration says. */
        invite?: string[];
        /** Where somebody declares it, a channel's id. */
        declaredIn?: string;
        /** The message that it begins with: the first entry of its timeline. */
        source?: SourceMessage;
        /** It is on another incident's record already; read by `handle`. */
        sourceTaken?: boolean;
        /** Other open incidents, read by `handle`. */
        others?: OpenIncident[];
        /** Opened in a channel that is there already; `taken`: by the incident of that number, which is open. */
        here?: { channel: string; name: string; taken?: number };
      }
    >
  | OpeningCommand
  | RolesCommand
  | AsksCommand
  | AssessmentCommand
  | MitigationCommand
  | EscalationCommand
  | RunbooksCommand
  | CorrectionsCommand
  | EndingCommand
  | ActionItemsCommand
  | AudiencesCommand
  | PresenceCommand
  | TroublesCommand
  | AccessCommand
  | DeparturesCommand
  | CommandOf<
      "PublishUpdate",
      {
        incident: number;
        /** What was stated; a missing field keeps what is recorded. */
        currentAction?: Words;
        impact?: Words;
        status?: LiveStatus;
        started?: number;
        /** A promise that overrides the clock. */
        nextUpdate?: number;
        /** Texts that take the place of what the templates give; null: that audience is left out. */
        audiences?: Partial<Record<Audience, Words | null>>;
      }
    >
  | CommandOf<"SetStatus", { incident: number; status: LiveStatus }>
  /** Lowering one that somebody gave needs a reason. */
  | CommandOf<"SetSeverity", { incident: number; severity: Severity; reason?: Words }>
  | CommandOf<"SetTitle", { incident: number; title: Words }>
  /** *Post as is* on the reminder for `due`. */
  | CommandOf<"PostDraft", { incident: number; due: number }>
  | CommandOf<"SnoozeUpdate", { incident: number; due: number; minutes: number }>
  | CommandOf<"LogEntry", { incident: number; entry: string; happenedAt: number; text: Words }>
  | CommandOf<"UndoEntry", { incident: number; entry: string }>
  | CommandOf<
      "Resolve",
      {
        incident: number;
        fix?: Words;
        recoveredAt?: number;
        rootCause?: Words;
        dataLoss?: DataLoss;
        /** Whoever asks has seen how it was resolved, and changes that. */
        replaces?: boolean;
      }
    >
  /** `markdown`: those that are in it, as a file has them. */
  | CommandOf<
      "WriteSections",
      {
        incident: number;
        sections: Partial<Record<WrittenSection, Words>>;
        markdown?: readonly WrittenSection[];
      }
    >
  /** `copy` names this wish; `to` is a user id, null the incident channel. */
  | CommandOf<"ExportPostmortem", { incident: number; copy: string; to: string | null }>
  // Due timers.
  | CommandOf<"RemindUpdate", { incident: number; due: number; keyEntries: KeyEntry[] }>
  | CommandOf<"PostOverdueUpdate", { incident: number; due: number; keyEntries: KeyEntry[] }>
  // Results of effects: facts, never refused.
  | CommandOf<"NoteChannelOpened", { incident: number; channel: string; name: string; outage?: Outage }>
  | CommandOf<
      "NoteMessagePosted",
      { incident: number; slot: Slot; channel: string; ts: string; outage?: Outage }
    >
  /** What was carried out so late has nothing else to tell. */
  | CommandOf<"NoteOutage", { incident: number; outage: Outage }>
  /** `ts` is the message that is gone: another one may stand in its place by now. */
  | CommandOf<"NoteMessageGone", { incident: number; slot: Slot; ts: string; wanted: boolean }>
  | CommandOf<"NotePostmortemUploaded", { incident: number; copy: string; file: string }>
  | CommandOf<"NotePostmortemShared", { incident: number; copy: string }>
  | CommandOf<
      "NoteEffectRefused",
      { incident: number; key: string; error: string; sentence: string; channel?: string }
    >;

export type CommandType = Command["type"];
export type CommandNamed<Type extends CommandType> = Extract<Command, { type: Type }>;
