import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Words } from "../words.ts";

export type AsksCommand =
  | CommandOf<
      "AskPerson",
      {
        incident: number;
        /** Names it. */
        ask: string;
        /** User id. */
        to: string;
        text: Words;
        /** Ms; null: none given. */
        within: number | null;
      }
    >
  | CommandOf<"AnswerAsk", { incident: number; ask: string; accept: boolean }>
  | CommandOf<"FinishAsk", { incident: number; ask: string; result?: Words }>
  // A due timer.
  | CommandOf<"ChaseAsk", { incident: number; ask: string }>;

export const isAsksCommand = named<AsksCommand["type"]>(["AskPerson", "AnswerAsk", "FinishAsk", "ChaseAsk"]);
export type AsksCommandNamed<Type extends AsksCommand["type"]> = Extract<AsksCommand, { type: Type }>;
