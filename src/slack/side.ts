import type { Performer } from "../dispatch/performer.ts";
import { InFlight } from "../in-flight.ts";
import { compareAll } from "./access/compare.ts";
import { connectSlack, type ConnectOptions, type SlackConnection } from "./connect.ts";
import { pauseAfter } from "./identity.ts";
import { type StartFault } from "./token-faults.ts";
import { rememberedIn, rememberedUnder, toRemember } from "./remembered.ts";
import { TokenWatch } from "./token-watch.ts";
import { type Wiring, type WiringOptions, wire } from "./wiring.ts";

export interface SlackSideOptions
  extends
    WiringOptions,
    Omit<ConnectOptions, "remembered" | "during" | "onTrouble" | "token" | "log" | "apiUrl"> {
  onFatal: (message: string) => void;
  /** What waited for Slack may go. */
  onAnswer: () => void;
  /** What Slack sends is taken in, and Slack answers. */
  onConnected: () => void;
  /** The same, and after each gap in it that is seen: what people did meanwhile was not heard. Resolves when it will be read. */
  onGap: () => Promise<void>;
  /** What people do is heard, and what they did before will be read. */
  onHeard: () => void;
}

/** How long a connection that was refused waits until it is tried again, in ms. */
const untilAnother = 60_000;

/**
 * Slack's side of Sitrep. It is there before Slack answers: what goes to Slack waits, what comes from it is taken in as soon
 * as it is known who the bot is, and nothing else waits for either.
 */
export class SlackSide {
  readonly #options: SlackSideOptions;
  readonly #underWay = new InFlight();
  readonly #stopping = new AbortController();
  readonly #token: TokenWatch;
  #connection: SlackConnection | undefined;
  #wiring: Wiring | undefined;
  #refused: string | null = null;
  #isTakenIn = false;
  /** Gaps of which nobody has been asked yet to read what was said in them. */
  #gaps = 0;

  constructor(options: SlackSideOptions) {
    this.#options = options;
    this.#token = new TokenWatch(options.log, {
      onRefused: () => this.#compare(),
      onTaken: () => void this.#gap(),
    });
  }

  /** Nothing is carried out while nobody has said who the bot is. */
  readonly performer: Performer = {
    perform: async (claimed) =>
      this.#wiring?.performer.perform(claimed) ?? {
        as: "retry",
        error: "Slack has not answered yet",
        sure: true,
        pause: "all",
      },
    isThere: async () => (await this.#connection?.isThere()) ?? false,
    isBack: () => void this.#gap(),
    hears: () => this.#isTakenIn && this.#gaps === 0 && (this.#connection?.hears() ?? false),
    paceOf: async (effect) => this.#wiring?.performer.paceOf(effect) ?? { method: null, lane: null },
  };

  get requestListener(): SlackConnection["requestListener"] {
    return this.#wiring?.requestListener;
  }

  get configuration(): Wiring["configuration"] | undefined {
    return this.#wiring?.configuration;
  }

  /**
   * Resolves when Slack is connected, with the reason why it never will be, or as soon as one call brings no answer: then it
   * goes on by itself, and a reason that is found later is fatal.
   */
  async start(): Promise<StartFault | undefined> {
    const { signal, onFatal } = this.#options;
    const trouble = Promise.withResolvers<undefined>();
    const stop = () => {
      this.#stopping.abort();
      trouble.resolve(undefined);
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    let isLate = false;
    const late = async (met: Promise<StartFault | undefined>) => {
      try {
        const fault = await met;
        if (isLate && fault) onFatal(fault.fault);
      } catch (error) {
        if (isLate) onFatal(error instanceof Error ? error.message : "Slack’s side could not be started.");
      }
    };
    const met = this.#meet(() => trouble.resolve(undefined));
    void late(met);
    const fault = await Promise.race([met, trouble.promise]);
    isLate = true;
    return fault;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wiring?.configuration.stop();
    await this.#connection?.stop();
  }

  isIdle(): boolean {
    return this.#underWay.isIdle() && (this.#connection?.isIdle() ?? true);
  }

  async idle(): Promise<void> {
    await this.#underWay.idle();
    await this.#connection?.idle();
  }

  /** As its connection's. */
  async check(): Promise<void> {
    await this.#connection?.check();
    await this.#wiring?.configuration.refresh();
  }

  state(): { reachable: boolean; says: string } {
    const refused = this.#refused ?? this.#token.fault;
    if (refused !== null) return { reachable: false, says: refused };
    return this.#connection?.state() ?? { reachable: false, says: "Slack has not answered yet" };
  }

  async #meet(onTrouble: () => void): Promise<StartFault | undefined> {
    const { handling, botToken, clock, log } = this.#options;
    const remembered = rememberedIn(await handling.store.meta(rememberedUnder), botToken);
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const connected = await connectSlack({
        ...this.#options,
        ...(remembered && { remembered }),
        signal,
        during: (work) => this.#underWay.during(work),
        onTrouble,
        token: this.#token,
      });
      if (!connected || "fault" in connected) return connected;
      if (signal.aborted) {
        await connected.stop();
        return undefined;
      }
      this.#connection = connected;
      const refused = await this.#takeIn(connected);
      if (!refused) return undefined;
      await connected.stop();
      if (!remembered) return refused;
      // It has worked before: timers and webhooks must not end with it.
      this.#refused = refused.fault;
      log.error({ again: untilAnother }, refused.fault);
      onTrouble();
      await clock.sleepUntil(clock.now() + untilAnother, "dispatch", signal);
    }
    return undefined;
  }

  async #takeIn(connected: SlackConnection): Promise<StartFault | undefined> {
    const { handling, clock, botToken, onAnswer, onConnected } = this.#options;
    const identity = connected.auth();
    const { teamUrl } = identity;
    await this.#underWay.during(async () => {
      if (connected.isConfirmed) await handling.store.commit({ at: clock.now(), meta: { teamUrl } });
      this.#wiring?.configuration.stop();
      this.#wiring = wire(connected, this.#options, this.#token);
      onAnswer();
    });
    connected.onConnected(() => {
      void this.#gap();
      this.#compare();
      this.#prepare();
    });
    const started = connected.start();
    if (!connected.isConfirmed) await this.#confirm(connected);
    const refused = await started;
    if (refused || this.#stopping.signal.aborted) return refused;
    return this.#underWay.during(async () => {
      this.#refused = null;
      await handling.store.commit({ at: clock.now(), meta: toRemember(identity, botToken) });
      await compareAll(handling.store, clock.now());
      onConnected();
      this.#isTakenIn = true;
      void this.#gap();
      this.#prepare();
      await this.#wiring?.configuration.refresh();
      return undefined;
    });
  }

  /** Nothing is decided on what people did before it is known that they will be heard. */
  async #gap(): Promise<void> {
    const { onGap, onHeard } = this.#options;
    this.#gaps += 1;
    await onGap();
    this.#gaps -= 1;
    onHeard();
  }

  /** Nobody waits for it, so that later nobody need wait for what it learns. After a gap what was learned may be wrong. */
  #prepare(): void {
    void this.#underWay
      .during(async () => this.#wiring?.prepare(this.#stopping.signal))
      .catch((err: unknown) =>
        this.#options.log.error({ err }, "what the first incident needs could not be prepared"),
      );
  }

  /** What becomes of it is the outbox's to say. */
  #compare(): void {
    const { handling, clock, log } = this.#options;
    void this.#underWay
      .during(() => compareAll(handling.store, clock.now()))
      .catch((err: unknown) => log.error({ err }, "Slack could not be compared with the record"));
  }

  /** Until Slack says itself that the token holds. */
  async #confirm(connected: SlackConnection): Promise<void> {
    const { clock, onAnswer } = this.#options;
    const { signal } = this.#stopping;
    for (let attempt = 0; !signal.aborted; attempt++) {
      await clock.sleepUntil(clock.now() + pauseAfter(attempt), "dispatch", signal);
      if (signal.aborted) return;
      if (await this.#underWay.during(() => connected.confirm())) return onAnswer();
    }
  }
}
