import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import type { Seen } from "./interactions.ts";
import type { Actor } from "./people.ts";

const words = z.string().min(1);
const yes = z.literal(true);
const entry = z.union([z.string(), z.array(z.string()), z.null()]);
const entries = z.record(z.string(), entry);

/** Each verb of a step with the keys that go with it. */
const schema = z.discriminatedUnion("verb", [
  z.strictObject({
    verb: z.literal("types"),
    types: words.startsWith("/", "expected a command such as /incident status."),
  }),
  z.strictObject({ verb: z.literal("says"), says: words }),
  z.strictObject({ verb: z.literal("replies"), replies: words, to: words }),
  z.strictObject({ verb: z.literal("edits"), edits: words, into: words }),
  z.strictObject({ verb: z.literal("deletes"), deletes: words }),
  z.strictObject({ verb: z.literal("reacts"), reacts: words, to: words }),
  z.strictObject({ verb: z.literal("unreacts"), unreacts: words, to: words }),
  z.strictObject({ verb: z.literal("pins"), pins: words }),
  z.strictObject({ verb: z.literal("unpins"), unpins: words }),
  z.strictObject({ verb: z.literal("shares"), shares: words, content: z.string() }),
  z.strictObject({ verb: z.literal("joins"), joins: yes }),
  z.strictObject({ verb: z.literal("leaves"), leaves: yes }),
  z.strictObject({ verb: z.literal("invites"), invites: words }),
  z.strictObject({ verb: z.literal("setsTopic"), setsTopic: words }),
  z.strictObject({ verb: z.literal("renames"), renames: words }),
  z.strictObject({ verb: z.literal("removes"), removes: words }),
  z.strictObject({ verb: z.literal("makesPrivate"), makesPrivate: yes }),
  z.strictObject({ verb: z.literal("makesPublic"), makesPublic: yes }),
  z.strictObject({ verb: z.literal("deletesChannel"), deletesChannel: yes }),
  z.strictObject({ verb: z.literal("archives"), archives: yes }),
  z.strictObject({ verb: z.literal("unarchives"), unarchives: yes }),
  z.strictObject({
    verb: z.literal("pauses"),
    pauses: words.regex(/^\d+[smhd]$/, "expected a length such as 2h"),
  }),
  z.strictObject({ verb: z.literal("opensHome"), opensHome: yes }),
  z.strictObject({ verb: z.literal("clicksAtHome"), clicksAtHome: words }),
  z.strictObject({ verb: z.literal("clicks"), clicks: words, message: words.optional() }),
  z.strictObject({ verb: z.literal("chooses"), chooses: words, option: words, message: words.optional() }),
  z.strictObject({ verb: z.literal("fills"), fills: entries, submits: yes.optional() }),
  z.strictObject({ verb: z.literal("submits"), submits: yes }),
  z.strictObject({ verb: z.literal("closes"), closes: yes }),
  z.strictObject({ verb: z.literal("uses"), uses: words, message: words.optional() }),
]);

/** What somebody does, tagged by its verb. */
export type Doing = z.infer<typeof schema>;

const KEYS = new Map<string, string[]>(
  schema.options.map(({ shape }) => [shape.verb.value, Object.keys(shape).filter((key) => key !== "verb")]),
);

export const VERB_NAMES: readonly string[] = [...KEYS.keys()];

/** The one verb among these keys; else lines that say what was expected. */
export function parseDoing(
  step: Record<string, unknown>,
): { ok: true; doing: Doing } | { ok: false; faults: string[] } {
  const keys = Object.keys(step);
  // `submits` beside `fills` is its companion.
  const verbs = keys.filter((key) => KEYS.has(key) && !(key === "submits" && "fills" in step));
  const [verb, other] = verbs;
  if (verb === undefined) {
    const near = keys.map((key) => nearest(key, VERB_NAMES)).find((name) => name !== undefined);
    const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
    const found = keys.join(", ") || "nothing";
    return { ok: false, faults: [`expected one of ${VERB_NAMES.join(", ")}, found ${found}.${hint}`] };
  }
  if (other !== undefined) return { ok: false, faults: [`one act a step, found ${verbs.join(" and ")}.`] };
  const parsed = schema.safeParse({ ...step, verb });
  if (parsed.success) return { ok: true, doing: parsed.data };
  return {
    ok: false,
    faults: parsed.error.issues.flatMap((issue) => issueLines(issue, KEYS.get(verb) ?? [])),
  };
}

function issueLines(issue: z.core.$ZodIssue, allowed: string[]): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const near = nearest(key, allowed);
      return `${key}: unknown here${near === undefined ? "" : `, did you mean "${near}"?`} Allowed: ${allowed.join(", ")}.`;
    });
  }
  return [`${issue.path.join(".")}: ${issue.message.replace("Invalid input: ", "")}`];
}

export function nearest(word: string, names: readonly string[]): string | undefined {
  const found = closest(word, [...names]);
  return distance(word, found) <= Math.ceil(word.length * 0.4) ? found : undefined;
}

/** Lets the person do it. */
export async function perform(actor: Actor, doing: Doing): Promise<Seen> {
  switch (doing.verb) {
    case "types":
      return actor.types(doing.types);
    case "says":
      return actor.says(doing.says);
    case "replies":
      return actor.replies(doing.to, doing.replies);
    case "edits":
      return actor.edits(doing.edits, doing.into);
    case "deletes":
      return actor.deletes(doing.deletes);
    case "reacts":
      return actor.reacts(doing.reacts, doing.to);
    case "unreacts":
      return actor.unreacts(doing.unreacts, doing.to);
    case "pins":
      return actor.pins(doing.pins);
    case "unpins":
      return actor.unpins(doing.unpins);
    case "shares":
      return actor.shares(doing.shares, doing.content);
    case "joins":
      return actor.joins();
    case "leaves":
      return actor.leaves();
    case "invites":
      return actor.invites(...doing.invites.split(/[\s,]+/));
    case "setsTopic":
      return actor.setsTopic(doing.setsTopic);
    case "renames":
      return actor.renames(doing.renames);
    case "removes":
      return actor.removes(doing.removes);
    case "makesPrivate":
      return actor.makesPrivate();
    case "makesPublic":
      return actor.makesPublic();
    case "deletesChannel":
      return actor.deletesChannel();
    case "archives":
      return actor.archives();
    case "unarchives":
      return actor.unarchives();
    case "pauses":
      return actor.pauses(doing.pauses);
    case "opensHome":
      return actor.opensHome();
    case "clicksAtHome":
      return actor.clicksAtHome(doing.clicksAtHome);
    case "clicks":
      return actor.clicks(doing.clicks, doing.message === undefined ? {} : { in: doing.message });
    case "chooses":
      return actor.chooses(
        doing.chooses,
        doing.option,
        doing.message === undefined ? {} : { in: doing.message },
      );
    case "fills": {
      const filled = await actor.fills(doing.fills);
      return doing.submits === true && filled.ok ? actor.submits() : filled;
    }
    case "submits":
      return actor.submits();
    case "closes":
      return actor.closes();
    case "uses":
      return actor.uses(doing.uses, doing.message === undefined ? {} : { message: doing.message });
    default: {
      const never: never = doing;
      throw new Error(`Unknown act ${JSON.stringify(never)}`);
    }
  }
}
