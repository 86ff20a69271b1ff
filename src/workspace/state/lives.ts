import type { Instant, Person } from "../model.ts";
import { personShape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** An administrator deactivates the account: nobody can write to it any more. */
export function deactivate(team: Team, person: Person): void {
  person.deleted = true;
  announce(team, person);
}

/** The account is open again. */
export function reactivate(team: Team, person: Person): void {
  person.deleted = false;
  announce(team, person);
}

/** Until then nothing notifies this person. */
export function pauseNotifications(team: Team, person: Person, until: Instant): void {
  person.doNotDisturb = { from: team.clock.now(), to: until, snoozed: true };
}

function announce(team: Team, person: Person): void {
  team.emit("user_change", {
    type: "user_change",
    user: personShape(team, person),
    event_ts: team.timestamps.next(),
  });
}
