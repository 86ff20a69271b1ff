import type { Incident } from "../incident.ts";

/** When the incident was mitigated; null: not recorded. What people took from the timeline wins. */
export const mitigatedAt = ({
  corrections,
  mitigation,
}: Pick<Incident, "corrections" | "mitigation">): number | null =>
  corrections.mitigated ?? mitigation.mitigatedAt;
