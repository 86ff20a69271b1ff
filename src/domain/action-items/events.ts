import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { wordsSchema } from "../words.ts";

const item = z.string();
const content = {
  item,
  text: wordsSchema,
  owner: z.string().nullable(),
  due: z.string().nullable(),
  /** When its owner is reminded that it is due; null: never. */
  remindAt: z.number().nullable(),
};

export const actionItemsEvents = [
  /** `digestAt`: when the owners are sent their list, where nothing of the kind is planned yet. */
  event("ActionItemAdded", { ...content, digestAt: z.number().nullable() }),
  event("ActionItemEdited", content),
  event("ActionItemDone", { item }),
  event("ActionItemDropped", { item }),
  event("ActionItemRestored", { item, remindAt: z.number().nullable() }),
  event("ActionItemDue", { item, owner: z.string(), due: z.string() }),
  /** `next`: when it comes again; null: nothing is left to list. */
  event("ActionDigestSent", { due: z.number(), to: z.array(z.string()), next: z.number().nullable() }),
] as const;
export type ActionItemsEvent = z.infer<(typeof actionItemsEvents)[number]>;

export const isActionItemsEvent = among(actionItemsEvents);
