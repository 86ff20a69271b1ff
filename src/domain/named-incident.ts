// Keyboards and editors make other dashes of the one that people type.
const named = /^inc[-\u2010-\u2015\u2212]?(\d{1,9})$/i;
const digits = /^(\d{1,9})$/;

/** The number of the incident that a word names, as `INC-42` does; null: it names none. */
export const namedIncident = (word: string): number | null => positive(named.exec(word));

/** As above, where nothing but an incident can be meant: `42` will do. */
export const numberedIncident = (word: string): number | null =>
  namedIncident(word) ?? positive(digits.exec(word));

function positive(found: RegExpExecArray | null): number | null {
  const number = Number(found?.[1] ?? 0);
  return number > 0 ? number : null;
}
