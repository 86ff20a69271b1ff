import { type Document, isNode, parseDocument, visit } from "yaml";
import { z } from "zod";
import { milliseconds } from "./clock.ts";
import type { Seen } from "./interactions.ts";
import type { Instant } from "./model.ts";
import type { Actor } from "./people.ts";
import { type Doing, nearest, parseDoing, perform } from "./steps.ts";
import type { Workspace } from "./workspace.ts";

export interface Step {
  at: Instant;
  who: string;
  /** `#general`, `@sitrep`, or `incident`: the newest channel that the app opened. */
  in?: string;
  doing: Doing;
}

export interface Scenario {
  title: string;
  start: Instant;
  people: string[];
  channels: string[];
  groups?: Record<string, string[]>;
  /** The app's own configuration file, as it stands there: see `settingsOf`. */
  settings?: string;
  steps: Step[];
}

/** Every fault of a scenario file at once, each with the step, the key and what was expected. */
export class ScenarioError extends Error {
  override name = "ScenarioError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the scenario cannot be played:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

const Head = z.strictObject({
  title: z.string().min(1),
  start: z.iso.datetime({ offset: true, error: "expected an instant such as 2024-02-15T14:30:00Z" }),
  people: z.array(z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "expected a handle such as alice")).min(1),
  channels: z.array(z.string()).default(["general", "incidents"]),
  groups: z.record(z.string().regex(/^[a-z0-9][a-z0-9._-]*$/), z.array(z.string())).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(z.record(z.string(), z.unknown())).min(1),
});

/** @throws {ScenarioError} */
export function parseScenario(yamlText: string): Scenario {
  const document = parseDocument(yamlText);
  if (document.errors.length > 0) throw new ScenarioError(document.errors.map((error) => error.message));
  const head = Head.safeParse(document.toJS());
  if (!head.success) throw new ScenarioError(head.error.issues.flatMap(headFaults));
  const { title, people, channels, groups } = head.data;
  const start = Date.parse(head.data.start);
  const faults: string[] = [];
  const steps: Step[] = [];
  let now = start;
  head.data.steps.forEach((raw, index) => {
    const { at, who, in: place, ...rest } = raw;
    const report = (fault: string): void => void faults.push(`step ${index + 1}: ${fault}`);
    const time = at === undefined ? now : timeOf(at, start, now);
    if (time === undefined) report(`at: expected "14:35", "+5m" or an instant, found ${JSON.stringify(at)}.`);
    else if (time < now) report(`at: ${String(at)} is before the step above it.`);
    else now = time;
    if (typeof who !== "string" || !people.includes(who)) {
      report(`who: expected one of ${people.join(", ")}, found ${JSON.stringify(who)}.`);
    }
    if (place !== undefined && !isPlace(place)) {
      report(`in: expected "#channel", "@person" or "incident", found ${JSON.stringify(place)}.`);
    }
    const parsed = parseDoing(rest);
    if (!parsed.ok) parsed.faults.forEach(report);
    else if (typeof who === "string") {
      steps.push({ at: now, who, ...(isPlace(place) && { in: place }), doing: parsed.doing });
    }
  });
  for (const [handle, members] of Object.entries(groups ?? {}))
    for (const name of members)
      if (!people.includes(name))
        faults.push(`groups.${handle}: expected one of ${people.join(", ")}, found ${name}.`);
  faults.push(...strangersIn(document, people));
  if (faults.length > 0) throw new ScenarioError(faults);
  const settings = settingsIn(yamlText, document);
  return {
    title,
    start,
    people,
    channels,
    ...(groups && { groups }),
    ...(settings !== undefined && { settings }),
    steps,
  };
}

/** Each line keeps its number, so that what is wrong in it is named by the scenario's own lines. */
function settingsIn(yamlText: string, document: Document): string | undefined {
  const node = document.get("settings", true);
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  return `${yamlText.slice(0, start).replaceAll(/[^\n]/g, " ")}${yamlText.slice(start, end)}\n`;
}

/** People that only the settings know: the app would complain of what is no id, which nobody here can write. */
function strangersIn(document: Document, people: readonly string[]): string[] {
  const faults: string[] = [];
  const settings = document.get("settings", true);
  if (!isNode(settings)) return faults;
  visit(settings, {
    Scalar(_, { value }) {
      const name = typeof value === "string" ? /^(?:user:)?@(.+)$/.exec(value)?.[1] : undefined;
      if (name !== undefined && !people.includes(name))
        faults.push(
          `settings: expected one of ${people.map((one) => `@${one}`).join(", ")}, found @${name}.`,
        );
    },
  });
  return faults;
}

/** What the app shall read: people, written `@alice` in a scenario, by the ids they have in this workspace. */
export function settingsOf(
  { settings, people }: Scenario,
  idOf: (name: string) => string,
): string | undefined {
  return settings?.replaceAll(/@([a-z0-9][a-z0-9._-]*)/g, (written: string, name: string) =>
    people.includes(name) ? idOf(name) : written,
  );
}

/**
 * Moves the clock to each step's time and lets the person act; she joins a public channel first when she is not in it.
 * Returns what each saw. Throws, naming the step, when an act is impossible.
 */
export async function playScenario(
  ws: Workspace,
  scenario: Scenario,
  options: {
    onStep?: (step: Step, seen: Seen, index: number) => void;
    /** How a step's time is reached, where it is not by `advanceTo`: with `flow`, by `sleepUntil`. */
    reach?: (at: Instant) => Promise<void>;
  } = {},
): Promise<Seen[]> {
  const all: Seen[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    await (options.reach ? options.reach(step.at) : ws.clock.advanceTo(step.at));
    try {
      const seen = await act(ws, step);
      await ws.settle();
      all.push(seen);
      options.onStep?.(step, seen, index);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Step ${index + 1} (${step.who} ${step.doing.verb}) failed: ${why}`, { cause });
    }
  }
  return all;
}

/** One act of a scenario or of `parseLine`, now. Throws when it is impossible, saying what is there. */
export async function act(ws: Workspace, step: Pick<Step, "who" | "in" | "doing">): Promise<Seen> {
  const person = ws.as(step.who);
  return perform(step.in === undefined ? person : await placed(ws, person, step), step.doing);
}

async function placed(
  ws: Workspace,
  person: Actor,
  step: Pick<Step, "who" | "in" | "doing">,
): Promise<Actor> {
  await ws.settle();
  const place = step.in === "incident" ? newestIncident(ws) : (step.in ?? "");
  const here = person.in(place);
  const isGuest = place.startsWith("#") && !ws.channel(place).members.includes(step.who);
  if (isGuest && step.doing.verb !== "joins") await here.joins();
  return here;
}

function newestIncident(ws: Workspace): string {
  const opened = [...ws.state.channels.values()].filter(
    (channel) => channel.kind !== "im" && channel.creator === ws.installation.botUserId,
  );
  const newest = opened.at(-1);
  if (!newest) throw new Error("The app has opened no channel yet.");
  return `#${newest.name}`;
}

function timeOf(at: unknown, start: Instant, now: Instant): Instant | undefined {
  if (typeof at !== "string") return undefined;
  if (at.startsWith("+"))
    return /^\+\d+(\.\d+)?(ms|s|m|h|d)$/.test(at) ? now + milliseconds(at.slice(1)) : undefined;
  const day = new Date(start).toISOString().slice(0, 10);
  const clock = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(at);
  const instant = Date.parse(clock ? `${day}T${at}Z` : at);
  return Number.isFinite(instant) ? instant : undefined;
}

function isPlace(value: unknown): value is string {
  return typeof value === "string" && (value === "incident" || /^[#@]\S+$/.test(value));
}

function headFaults(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") {
    const allowed = Object.keys(Head.shape);
    return issue.keys.map((key) => {
      const near = nearest(key, allowed);
      return `${key}: unknown${near === undefined ? "" : `, did you mean "${near}"?`} Allowed: ${allowed.join(", ")}.`;
    });
  }
  const [first, index] = issue.path;
  const where =
    first === "steps" && typeof index === "number" ? `step ${index + 1}` : issue.path.join(".") || "file";
  return [`${where}: ${issue.message.replace("Invalid input: ", "")}`];
}
