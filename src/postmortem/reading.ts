/** What reading people's words needs to know. */
export interface Reading {
  /** Names by Slack user id. */
  people: ReadonlyMap<string, { name: string }>;
  /** IANA name of the zone in which a date is printed. */
  zone: string;
}

/** `@alice`; somebody whose name was never learned keeps the id. */
export const mention = ({ people }: Reading, user: string): string => `@${people.get(user)?.name ?? user}`;
