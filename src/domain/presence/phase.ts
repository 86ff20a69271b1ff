import type { Incident } from "../incident.ts";

/** The event that led to this state ended the incident: resolved, cancelled, a duplicate. */
export const justEnded = ({ version, presence: { open } }: Incident): boolean =>
  !open.is && open.version === version;

/** The event that led to this state took the incident up again. */
export const justReopened = ({ version, presence: { open } }: Incident): boolean =>
  open.is && open.version === version;
