/** Wire milliseconds. */
export interface SlackWire {
  /** Within which Slack must be answered. */
  ackBudget: number;
  /** After which a call counts as lost. */
  clientTimeout: number;
  /** For a pong. */
  clientPingTimeout: number;
  /** Before a link that is gone is opened again; so much longer after each failure. */
  reconnectAfter: number;
  serverPingTimeout: number;
  /** Without Socket Mode, though Slack answers. */
  helloTimeout: number;
  /** For which an answer shows that Slack is there. */
  answerCounts: number;
}

export const usualWire: SlackWire = {
  // Slack waits three seconds; what is left is for the way there and back.
  ackBudget: 2500,
  clientTimeout: 10_000,
  clientPingTimeout: 5000,
  reconnectAfter: 5000,
  serverPingTimeout: 30_000,
  helloTimeout: 60_000,
  answerCounts: 15_000,
};
