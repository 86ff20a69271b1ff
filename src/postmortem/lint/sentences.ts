import nlp from "compromise";
import { z } from "zod";
import type { FindingClass } from "./classes.ts";

/** A span of the prose, by characters. */
export interface Span {
  class: FindingClass;
  start: number;
  end: number;
}

// Who can be blamed: people by name or handle, pronouns, and the words for whoever works here.
const crew =
  "(engineer|engineers|developer|developers|dev|devs|operator|operators|admin|admins|administrator|dba|sre|sres|team|teams|reviewer|reviewers|author|commander|scribe|lead|manager|managers|management|tester|testers|qa|support|ops|contractor|intern|colleague|colleagues|staff|responder|responders|person|people|employee|employees|vendor)";
const someone = "(he|she|we|i|they|somebody|someone|anybody|anyone|nobody|noone|everybody|everyone|whoever)";

// Verbs that do harm by themselves, and those that do it to something that was wrong.
const harms =
  "(broke|breaks|breaking|crashed|misconfigured|mistyped|corrupted|deleted|dropped|wiped|overwrote|botched|leaked|exposed|triggered|sabotaged|bungled)";
const acts =
  "(deployed|pushed|merged|shipped|released|wrote|committed|introduced|made|ran|executed|applied|configured|set|entered|typed|used|approved|left|submitted|caused|created|copied|pasted)";
const wrong =
  "(buggy|broken|bad|faulty|wrong|incorrect|untested|unreviewed|defective|flawed|bug|bugs|error|errors|mistake|mistakes|typo|typos|outage|incident|regression|misconfiguration|failure)";

/** Patterns of compromise: https://github.com/spencermountain/compromise#match-syntax */
const personAsCause = [
  `#Blamed+ #Adverb? ${harms}`,
  `#Blamed+ #Adverb? ${acts} .{0,4} ${wrong} #Noun?`,
  "#Blamed+ #Adverb? (took|brought|knocked) .{0,4} (down|offline)",
  "#Blamed+ #Adverb? caused",
  "(caused|broken|triggered|introduced) by the? #Blamed+",
  "(human|operator|user|pilot|developer|engineer) (error|errors|mistake|mistakes|failure)",
  "#Owner+ (mistake|mistakes|error|errors|fault|oversight|typo|negligence|carelessness)",
];

// What is no neglect: it says how things were, not what was left undone.
const states =
  "(be|been|being|lose|lost|need|want|have|had|find|found|see|seen|cause|caused|experience|suffer|impact|affect|affected|receive|received|get|expect|include|break|exist|belong|know|known|require|impacted)";
const negated = "(did not|do not|does not|had not|have not|has not|could not|never)";
const failing = "(failed to|forgot to|forgets to|neglected to|omitted to|refused to)";
const failed = "(forgot|ignored|overlooked|neglected|missed|skipped|disregarded)";
const failureToAct = [
  `#Blamed+ #Adverb? ${negated} #Adverb? !${states} #Adverb?`,
  `#Blamed+ #Adverb? ${failing} #Adverb? #Verb+`,
  `#Blamed+ #Adverb? ${failed}`,
  "(nobody|noone|no one) #Adverb? (noticed|checked|tested|reviewed|reacted|responded|looked|thought|realized|realised|knew|asked|acted|verified|monitored)",
];

const shouldHave = ["(should|ought) (not|to)? have #Adverb? #Verb?", "should not? of #Verb"];

const judgement = [
  "(careless|carelessly|negligent|negligently|negligence|sloppy|sloppily|incompetent|incompetence|stupid|stupidly|lazy|lazily|reckless|recklessly|foolish|foolishly|irresponsible|irresponsibly|unprofessional|inexcusable|unacceptable|dumb|idiotic|clumsy|carelessness|recklessness)",
];
const hindsight = [
  "(in|with) (hindsight|retrospect)",
  "(obviously|clearly|evidently)",
  "it (was|is) (obvious|clear|evident)",
  "(could|would) #Adverb? have #Adverb? been #Adverb? (prevented|avoided|caught|foreseen)",
  "if only",
];
const singleCause = [
  "the? (only|sole|single|one|real|true|ultimate) (cause|reason|culprit)",
  "the root cause (was|is)",
  "(solely|entirely|only|purely) (caused by|because of|due to)",
];

const byClass: readonly [FindingClass, readonly string[]][] = [
  ["person-as-cause", personAsCause],
  ["failure-to-act", failureToAct],
  ["should-have", shouldHave],
];
const strictly: readonly [FindingClass, readonly string[]][] = [
  ["judgement", judgement],
  ["hindsight", hindsight],
  ["single-cause", singleCause],
];

// First names that are words as well, which English alone takes for the word.
const ambiguous =
  /(?<![\p{L}@])(Bob|Rob|Sue|Bill|Jack|Nick|Pat|Drew|Frank|Max|Ray|Dean|Gene|Chip|Will|Mark|Grant|Chase|Dale)(?!\p{L})/gu;

/** `people` are names and handles that occur, in any case. */
export function spansIn(
  text: string,
  { strict, people }: { strict: boolean; people: readonly string[] },
): Span[] {
  const named = [...text.matchAll(ambiguous)].map(([name]) => name);
  const known = [...people, ...named].map((name) => name.toLowerCase());
  const doc = nlp(text);
  // Tagged afterwards: context would overrule what its lexicon is given.
  for (const name of known.filter((each) => /^[\p{L}\p{N}]+$/u.test(each))) doc.match(name).tag("Person");
  doc.match("(#Person && #Possessive)").tag("Owner");
  doc.match(`(${crew} && #Possessive)`).tag("Owner");
  doc.match("(my|his|her|our|their)").tag("Owner");
  for (const who of ["#Person", crew, someone, `${crew} on call`, "on call"])
    doc.match(who).not("#Possessive").tag("Blamed");
  return [...byClass, ...(strict ? strictly : [])].flatMap(([name, patterns]) =>
    patterns.flatMap((pattern) => matches(doc, pattern).map((span) => ({ class: name, ...span }))),
  );
}

const offsetsSchema = z.array(
  z.object({ text: z.string(), offset: z.object({ start: z.number(), length: z.number() }) }),
);

function matches(doc: ReturnType<typeof nlp>, pattern: string): { start: number; end: number }[] {
  const found: unknown = doc.match(pattern).json({ offset: true });
  return offsetsSchema.parse(found).map(({ text, offset: { start } }) => ({
    start,
    end: start + text.replace(/[\s.,;:!?)"”]+$/, "").length,
  }));
}
