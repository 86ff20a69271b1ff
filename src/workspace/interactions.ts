import { lookupOf, type Audience } from "./audience.ts";
import type { Control } from "./controls.ts";
import type { Deliveries } from "./delivery/queue.ts";
import type { Answer } from "./delivery/wire.ts";
import { applyFormAnswer } from "./form-answer.ts";
import { clientErrors, type StateValue, stateValues } from "./form.ts";
import type { Channel, Installation, OpenView, Person, WorkspaceMessage } from "./model.ts";
import { action, basePayload, commandPayload, commandText, messageContainer } from "./payloads.ts";
import type { Origin, ResponseUrls } from "./response-urls.ts";
import type { WorkspaceState } from "./state.ts";
import { contentLines } from "./transcript.ts";
import type { Triggers } from "./triggers.ts";

/** What a person saw after an act. `answer` is what the app showed her; `error` is Slack's own. */
export interface Seen {
  ok: boolean;
  error?: string;
  answer?: string;
  /** Errors under the inputs of a form, by block id. */
  errors?: Record<string, string>;
  /** Of the message she wrote. */
  ts?: string;
}

/** Commands, presses, forms and shortcuts on their way to the app, and what its answers do. */
export class Interactions {
  readonly #state: WorkspaceState;
  readonly #installation: Installation;
  readonly #deliveries: Deliveries;
  readonly #triggers: Triggers;
  readonly #responseUrls: ResponseUrls;
  readonly #audience: Audience;
  readonly #chosen = new Map<string, Record<string, Record<string, StateValue>>>();
  readonly #viewErrors = new Map<string, Record<string, string>>();

  constructor(parts: {
    state: WorkspaceState;
    installation: Installation;
    deliveries: Deliveries;
    triggers: Triggers;
    responseUrls: ResponseUrls;
    audience: Audience;
  }) {
    this.#state = parts.state;
    this.#installation = parts.installation;
    this.#deliveries = parts.deliveries;
    this.#triggers = parts.triggers;
    this.#responseUrls = parts.responseUrls;
    this.#audience = parts.audience;
  }

  /** What stands under the inputs of an open form, by block id. */
  errorsOf(viewId: string): Readonly<Record<string, string>> {
    return this.#viewErrors.get(viewId) ?? {};
  }

  async command(person: Person, channel: Channel, typed: string): Promise<Seen> {
    const [, name = "", rest = ""] = /^(\/\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
    const command = this.#installation.commands.get(name);
    const isGone = this.#state.revoked === "account_inactive";
    if (!command || isGone) return this.#fail(person, `${name} is not a valid command.`);
    this.#act(person, `typed ${typed}`, channel.id);
    const origin: Origin = { user: person.id, channel: channel.id, isCommand: true };
    const text = commandText(this.#state, rest.trim(), command.escape);
    const answer = await this.#deliveries.request("slash_commands", {
      ...commandPayload(this.#installation, person, channel, { command: name, text }),
      response_url: this.#responseUrls.issue(origin),
      trigger_id: this.#triggers.issue(person.id),
    });
    if (!answer.ok) return this.#fail(person, `${name} failed with the error "${errorOf(answer)}"`);
    return this.#show(person, origin, answer.body, name);
  }

  /** A press or a choice in a message. */
  async actInMessage(
    person: Person,
    message: WorkspaceMessage,
    control: Control,
    value: StateValue | undefined,
    said: string,
  ): Promise<Seen> {
    const channel = this.#state.channel(message.channel);
    this.#act(person, said, message.channel);
    const place = `${message.channel}/${message.ts}/${person.id}`;
    const values = this.#chosen.get(place) ?? {};
    if (value) values[control.blockId] = { ...values[control.blockId], [control.actionId]: value };
    this.#chosen.set(place, values);
    const origin: Origin = {
      user: person.id,
      channel: message.channel,
      message: { ts: message.ts, ...(message.onlyFor !== undefined && { onlyFor: message.onlyFor }) },
      isCommand: false,
    };
    return this.#interact(person, said, {
      type: "block_actions",
      container: messageContainer(message),
      channel: { id: message.channel, name: channel?.kind === "im" ? "directmessage" : channel?.name },
      message: this.#state.messageShape(message),
      state: { values },
      response_url: this.#responseUrls.issue(origin),
      actions: [action(control, value, this.#state.timestamps.next())],
    });
  }

  /** A press or a choice in a form that is not part of its submission. */
  async actInView(
    person: Person,
    open: OpenView,
    control: Control,
    value: StateValue | undefined,
  ): Promise<Seen> {
    const said = `used ${control.label}`;
    this.#act(person, said);
    return this.#interact(person, said, {
      type: "block_actions",
      container: { type: "view", view_id: open.id },
      ...this.#view(open),
      actions: [action(control, value, this.#state.timestamps.next())],
    });
  }

  /** She looks at the app's Home tab. */
  openHome(person: Person): void {
    this.#act(person, "opened the app's home");
    const { channel } = this.#state.openDirectMessage(this.#installation.botUserId, person.id);
    const home = this.#state.homes.get(person.id);
    this.#state.emit("app_home_opened", {
      type: "app_home_opened",
      user: person.id,
      channel: channel.id,
      tab: "home",
      ...(home && { view: this.#state.viewShape(home) }),
      event_ts: this.#state.timestamps.next(),
    });
  }

  async submit(person: Person, open: OpenView): Promise<Seen> {
    const objections = clientErrors(open, lookupOf(this.#state));
    this.#viewErrors.set(open.id, objections);
    if (Object.keys(objections).length > 0) return { ok: false, error: "incomplete", errors: objections };
    this.#act(person, `submitted “${open.view.type === "modal" ? open.view.title.text : ""}”`);
    const answer = await this.#deliveries.request("interactive", {
      type: "view_submission",
      ...this.#base(person),
      ...this.#view(open),
      response_urls: [],
    });
    if (!answer.ok) return this.#formFailed(person, open, errorOf(answer));
    return this.#afterSubmission(person, open, answer.body);
  }

  /** Cancel closes the top view; the cross (`all`) closes the stack and tells of its root. */
  async close(person: Person, open: OpenView, all = false): Promise<Seen> {
    const isCleared = all || (open.view.type === "modal" && open.view.clear_on_close === true);
    const told = all ? (this.#state.views.get(open.rootId) ?? open) : open;
    const who = basePayload(this.#installation, person);
    const payload = { type: "view_closed", ...who, ...this.#view(told), is_cleared: isCleared };
    this.#state.closeView(open.id, isCleared);
    this.#act(person, "closed the form");
    if (told.view.type !== "modal" || told.view.notify_on_close !== true) return { ok: true };
    const answer = await this.#deliveries.request("interactive", payload);
    return answer.ok ? { ok: true } : { ok: false, error: errorOf(answer) };
  }

  async shortcut(person: Person, callbackId: string, message?: WorkspaceMessage): Promise<Seen> {
    const name = this.#installation.shortcuts.get(callbackId)?.name ?? callbackId;
    this.#act(person, `used ${name}`, message?.channel);
    const actionTs = this.#state.timestamps.next();
    if (!message)
      return this.#interact(person, name, { type: "shortcut", callback_id: callbackId, action_ts: actionTs });
    const channel = this.#state.channel(message.channel);
    const origin: Origin = {
      user: person.id,
      channel: message.channel,
      message: { ts: message.ts },
      isCommand: false,
    };
    return this.#interact(person, name, {
      type: "message_action",
      callback_id: callbackId,
      action_ts: actionTs,
      message_ts: message.ts,
      channel: { id: message.channel, name: channel?.kind === "im" ? "directmessage" : channel?.name },
      message: this.#state.messageShape(message),
      response_url: this.#responseUrls.issue(origin),
    });
  }

  async #interact(person: Person, said: string, payload: Record<string, unknown>): Promise<Seen> {
    if (!this.#installation.interactive)
      return this.#fail(person, `${said}: the app does not handle interactions`);
    const answer = await this.#deliveries.request("interactive", { ...this.#base(person), ...payload });
    if (!answer.ok) return this.#fail(person, `${said}: the app did not answer (${errorOf(answer)})`);
    if (answer.body !== undefined)
      this.#state.complain(`The answer to ${String(payload.type)} has a body; Slack ignores it.`);
    return { ok: true };
  }

  #show(person: Person, origin: Origin, body: unknown, command: string): Seen {
    if (body === undefined) return { ok: true };
    if (isOnlyInChannel(body)) return { ok: true };
    const applied = this.#responseUrls.apply(origin, body);
    if (!applied.ok) {
      this.#state.complain(
        `The answer to ${command} was refused: ${[applied.error, ...(applied.messages ?? [])].join("; ")}`,
      );
      return this.#fail(person, `${command} failed with the error "${applied.error}"`);
    }
    return {
      ok: true,
      ...(applied.message && { answer: contentLines(this.#state, applied.message).join("\n") }),
    };
  }

  #afterSubmission(person: Person, open: OpenView, body: unknown): Seen {
    this.#viewErrors.delete(open.id);
    if (body === undefined) {
      this.#state.closeView(open.id, open.view.type === "modal" && open.view.clear_on_close === true);
      return { ok: true };
    }
    const applied = applyFormAnswer(this.#state, open, body);
    if ("errors" in applied) {
      this.#viewErrors.set(open.id, applied.errors);
      return { ok: false, error: "errors", errors: applied.errors };
    }
    return "fault" in applied ? this.#badAnswer(person, open, applied.fault) : { ok: true };
  }

  #badAnswer(person: Person, open: OpenView, why: string): Seen {
    this.#state.complain(`The answer to a view_submission was refused: ${why}`);
    return this.#formFailed(person, open, "bad_response");
  }

  // The form stays open with what was typed; Slack's exact words are not public.
  #formFailed(person: Person, open: OpenView, error: string): Seen {
    const title = open.view.type === "modal" ? open.view.title.text : "";
    return this.#fail(person, `“${title}”: we had some trouble connecting. Try again? (${error})`);
  }

  #fail(person: Person, error: string): Seen {
    this.#audience.notify({ at: this.#state.clock.now(), user: person.id, text: error });
    return { ok: false, error };
  }

  #base(person: Person): Record<string, unknown> {
    return { ...basePayload(this.#installation, person), trigger_id: this.#triggers.issue(person.id) };
  }

  #view(open: OpenView): { view: Record<string, unknown> } {
    const values = stateValues(open, lookupOf(this.#state));
    return { view: { ...this.#state.viewShape(open), state: { values } } };
  }

  #act(person: Person, did: string, channel?: string): void {
    this.#audience.act({
      at: this.#state.clock.now(),
      who: person.name,
      did,
      ...(channel !== undefined && { channel }),
    });
  }
}

/** What Slack's client calls a missing or bad answer. */
function errorOf(answer: Extract<Answer, { ok: false }>): string {
  return answer.reason === "http_timeout" ? "operation_timeout" : "dispatch_failed";
}

function isOnlyInChannel(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).join() === "response_type";
}
