import type { z } from "zod";
import { among } from "../event-shape.ts";

export const actionItemsEvents = [] as const;
export type ActionItemsEvent = z.infer<(typeof actionItemsEvents)[number]>;

export const isActionItemsEvent = among(actionItemsEvents);
