/** About as much as a commit takes: less may find space where that finds none. */
const filler = " ".repeat(32_768);

/**
 * Writes what means nothing, to find out whether commits are kept.
 * @throws StoreFault when they are not
 */
export async function probe(note: (meta: Record<string, string>) => Promise<unknown>): Promise<void> {
  for (const filling of [filler, ""]) await note({ probe: filling });
}
