import type { Press } from "../../src/slack/ids.ts";
import type { Store, Write } from "../../src/store/port.ts";
import { withCommit } from "./around-store.ts";

/** What a press does: `keeps` something under its key, or only shows something. A new one does not compile without a decision. */
export const presses: Readonly<Record<Press["do"], "keeps" | "shows">> = {
  PostDraft: "keeps",
  EditDraft: "shows",
  Snooze: "keeps",
  UndoEntry: "keeps",
  OpenDeclare: "shows",
  OpenUpdate: "shows",
  OpenResolve: "shows",
  OpenSeverity: "shows",
  OpenTitle: "shows",
  Export: "keeps",
  ShowStatus: "shows",
  ShowList: "shows",
  ShowHelp: "shows",
  Run: "keeps",
  DeclareHere: "keeps",
  GiveRole: "keeps",
  NotMe: "keeps",
  AnswerOffer: "keeps",
  ShowRoles: "shows",
  OpenRole: "shows",
  OpenHandover: "shows",
  AnswerAsk: "keeps",
  OpenAskDone: "shows",
  OpenAsk: "shows",
  Assess: "keeps",
  OpenAssess: "shows",
  AcceptSeverity: "keeps",
  ShowMitigations: "shows",
  OpenMitigation: "shows",
  StartMitigation: "keeps",
  FinishMitigation: "keeps",
  ResumeMitigation: "keeps",
  KeepMitigation: "keeps",
  SetMonitoring: "keeps",
  OpenNoRollback: "shows",
  OpenDecision: "shows",
  Ack: "keeps",
  Escalate: "keeps",
  CallNow: "keeps",
  DontCall: "keeps",
  StillOnIt: "keeps",
  OpenPage: "shows",
  PostRunbook: "keeps",
  TickStep: "keeps",
  UntickStep: "keeps",
  ListRunbooks: "shows",
  ShowTimeline: "shows",
  EditEntry: "shows",
  OpenLog: "shows",
  UnmarkMessage: "keeps",
  Close: "keeps",
  Publish: "keeps",
  OpenWaive: "shows",
  OpenReopen: "shows",
  OpenCancel: "shows",
  OwnPostmortem: "keeps",
  Join: "keeps",
  KeepChannel: "keeps",
  FinishItem: "keeps",
  DropItem: "keeps",
  RestoreItem: "keeps",
  EditItem: "shows",
  AddItem: "shows",
  ShowItems: "shows",
  Subscribe: "keeps",
  MergeInto: "keeps",
  DismissSimilar: "keeps",
  RetryChannel: "keeps",
  OpenSections: "shows",
  OpenReplace: "shows",
  RetryEffect: "keeps",
};

/** Watches what commits change, and under which keys. What bears a key can be stored once only: the store sees to that. */
export class Keys {
  /** Changes that no key protects from being made again. */
  readonly missing: string[] = [];
  /** Kinds of presses, forms and events that have kept something. */
  readonly kept = new Set<string>();

  aroundStore = (store: Store): Store =>
    withCommit(store, async (write) => {
      const committed = await store.commit(write);
      if (committed.kind === "committed" && isChange(write)) this.#note(write);
      return committed;
    });

  #note({ input, incident, message, subscription }: Write): void {
    for (const key of input?.keys ?? []) this.kept.add(kindOf(key));
    if (input && input.keys.length > 0) return;
    const what = incident?.events.map(({ type }) => type) ?? [];
    this.missing.push(
      [...what, ...(message ? ["a message"] : []), ...(subscription ? ["a subscription"] : [])].join(),
    );
  }
}

/** The results of effects are settled once, by their lease. */
const isChange = ({ incident, message, subscription, settle }: Write): boolean =>
  !settle && Boolean(incident ?? message ?? subscription);

function kindOf(key: string): string {
  const [kind = "", ...rest] = key.split(":");
  if (kind === "press" || kind === "view") return rest.at(-1)?.split(".")[2] ?? kind;
  return kind;
}
