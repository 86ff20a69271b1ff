import type { Incident } from "../incident.ts";
import type { ActionItem } from "../action-items/state.ts";

/** What still stands between a resolved incident and closing it. */
export interface Missing {
  postmortem: boolean;
  /** Open action items that nobody owns. */
  ownerless: ActionItem[];
}

export const isItemOpen = ({ done, dropped }: ActionItem): boolean => done === null && dropped === null;

export function missingToClose({ ending, actionItems }: Pick<Incident, "ending" | "actionItems">): Missing {
  const { published, waived } = ending.postmortem;
  return {
    postmortem: published === null && waived === null,
    ownerless: actionItems.filter((item) => isItemOpen(item) && item.owner === null),
  };
}

export const nothingMissing = ({ postmortem, ownerless }: Missing): boolean =>
  !postmortem && ownerless.length === 0;
