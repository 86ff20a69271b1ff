import { z } from "zod";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

const item = z.string();
/** The page of the list that the button stands on. */
const page = z.number().int().nonnegative().optional();

export const actionItemsPresses = [
  z.object({ do: z.literal("FinishItem"), incident, item, page }),
  z.object({ do: z.literal("DropItem"), incident, item, page }),
  z.object({ do: z.literal("RestoreItem"), incident, item, page }),
  z.object({ do: z.literal("EditItem"), incident, item }),
  z.object({ do: z.literal("AddItem"), incident }),
  z.object({ do: z.literal("ShowItems"), incident, page: z.number().int().nonnegative() }),
] as const;
export type ActionItemsPress = z.infer<(typeof actionItemsPresses)[number]>;
export const isActionItemsPress = oneOf("do", actionItemsPresses);

export const actionItemsForms = [
  z.object({ form: z.literal("addItem"), incident }),
  z.object({ form: z.literal("editItem"), incident, item }),
] as const;
export type ActionItemsForm = z.infer<(typeof actionItemsForms)[number]>;
export const isActionItemsForm = oneOf("form", actionItemsForms);
