import { z } from "zod";

/**
 * What a person wrote. The body lives once, in the table `texts`, under this id; events, state and effects hold the
 * reference. So erasing a text blanks it everywhere at once and changes no event. `body` is null once erased, else Slack's
 * mrkdwn as Slack delivers it: `&lt; &gt; &amp;` escaped, mentions and links as `<@U1>`, `<https://…|label>`. What comes as
 * plain text (a form, the shell) is escaped on the way in, so that every reader decodes the one format.
 */
export const wordsSchema = z.object({ words: z.string(), body: z.string().nullable() });
export type Words = z.infer<typeof wordsSchema>;

export const words = (id: string, body: string): Words => ({ words: id, body });

/** Plain text, as a form or the shell gives it, in Slack's encoding. */
export const escapeText = (plain: string): string =>
  plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The opposite, for text without mentions or links. */
export const unescapeText = (escaped: string): string =>
  escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// Control characters, and those that turn the reading direction: they show nothing and can make a text read as another one.
// eslint-disable-next-line no-control-regex
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text as it reads, whoever shows it. */
export const legible = (written: string): string =>
  written.replaceAll(/\r\n?/g, "\n").replaceAll(invisible, "").toWellFormed();

/** Slack user ids of everybody who is mentioned in a text. */
export const mentionsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)/g)].flatMap(([, user = ""]) => [user])),
];

/** Nothing in it can be seen: spaces, control characters, marks of writing direction, joiners. */
export const isBlank = (text: string): boolean => !/[^\p{C}\p{M}\p{Z}]/u.test(text);
