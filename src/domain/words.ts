import { z } from "zod";

/**
 * What a person wrote. The body lives once, in the table `texts`, under this id; events, state and effects hold the
 * reference. So erasing a text blanks it everywhere at once and changes no event. `body` is null once erased.
 */
export const wordsSchema = z.object({ words: z.string(), body: z.string().nullable() });
export type Words = z.infer<typeof wordsSchema>;

export const words = (id: string, body: string): Words => ({ words: id, body });
