import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Loss } from "./state.ts";

export type AccessCommand =
  /** A fact from Slack, as far as it was told: by an event, by comparison, by what an effect has met. */
  CommandOf<
    "NoteChannel",
    {
      incident: number;
      /** The one that it is about: the incident may have another one by now. */
      channel: string;
      seen: {
        name?: string;
        closed?: boolean;
        /** Null: it can be reached. */
        lost?: Loss | null;
      };
      /** Something waits for it. */
      needed?: boolean;
      /** When Slack says that it happened. */
      since?: number;
    }
  >;

export const isAccessCommand = named<AccessCommand["type"]>(["NoteChannel"]);
