/** Where a webhook is, with what it takes to be let in. All of it is secret: addresses may hold tokens. */
export type WebhookTarget =
  | { type: "pagerduty"; url: string; routingKey: string }
  | {
      type: "http";
      url: string;
      secret: string;
      /** Undefined: the body of our own. */
      template?: { text: string; isJson: boolean };
    };

/** What must never be read in a log. */
export const secretsOf = (target: WebhookTarget): string[] => [
  target.url,
  target.type === "pagerduty" ? target.routingKey : target.secret,
];
