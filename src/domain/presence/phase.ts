import type { Incident } from "../incident.ts";

/** The event that led to this state ended the incident: resolved, cancelled, a duplicate. */
export const justEnded = ({ version, presence: { open } }: Incident): boolean =>
  !open.is && open.version === version;
