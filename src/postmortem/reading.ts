/** What reading people's words needs to know. */
export interface Reading {
  /** Names by Slack user id. */
  people: ReadonlyMap<string, { name: string }>;
  /** IANA name of the zone in which a date is printed. */
  zone: string;
}

/** `@alice`; somebody whose name was never learned keeps the id. */
export const mention = ({ people }: Reading, user: string): string => `@${people.get(user)?.name ?? user}`;

// Control characters, and those that turn the reading direction: they show nothing and can make a text read as another one.
// eslint-disable-next-line no-control-regex
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

export const legible = (written: string): string =>
  written.replaceAll(/\r\n?/g, "\n").replaceAll(invisible, "").toWellFormed();
