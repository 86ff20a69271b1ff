import type { ActionsBlock, PlainTextOption, StaticSelect } from "@slack/types";
import {
  businessImpactNames,
  questionNames,
  scopeNames,
  userImpactNames,
} from "../../domain/assessment/answers-in-words.ts";
import type { Question } from "../../domain/assessment/state.ts";
import type { Incident } from "../../domain/incident.ts";
import { businessImpacts, scopes, trends, userImpacts } from "../../domain/vocab.ts";
import { menuId, menuValue } from "../ids.ts";
import { limits, shortenLabel } from "../views/limits.ts";
import { buttons } from "../views/parts.ts";

/** A menu for each question, each with its own list of answers: on a phone that is four rows, not twenty buttons. */
export function answerMenus({ number: incident, assessment }: Incident): ActionsBlock {
  const { userImpact, businessImpact, scope, trend } = assessment;
  const named = businessImpact?.answers ?? null;
  const entry = (of: Question, as: string, label: string): Entry => ({
    as,
    option: optionOf(incident, of, as, label),
  });
  const business = [
    ...businessImpacts.map((each) =>
      named?.includes(each)
        ? entry("businessImpact", `-${each}`, `Take back: ${businessImpactNames[each]}`)
        : entry("businessImpact", `+${each}`, businessImpactNames[each]),
    ),
    ...(named?.length === 0 ? [] : [entry("businessImpact", "none", "none")]),
  ];
  const more = buttons([{ label: "More detail", press: { do: "OpenAssess", incident } }]);
  return {
    type: "actions",
    elements: [
      menu(
        0,
        "userImpact",
        userImpacts.map((each) => entry("userImpact", each, userImpactNames[each])),
        userImpact?.answer,
      ),
      menu(1, "businessImpact", business),
      menu(
        2,
        "scope",
        scopes.map((each) => entry("scope", each, scopeNames[each])),
        scope?.answer,
      ),
      menu(
        3,
        "trend",
        trends.map((each) => entry("trend", each, each)),
        trend?.answer,
      ),
      ...more.flatMap(({ elements }) => elements),
    ],
  };
}

interface Entry {
  as: string;
  option: PlainTextOption;
}

/** @param chosen what stands: it is shown, as the menu's entry */
function menu(place: number, of: Question, entries: Entry[], chosen?: string | null): StaticSelect {
  const initial = entries.find(({ as }) => as === chosen);
  return {
    type: "static_select",
    ...menuId(place),
    placeholder: { type: "plain_text", text: questionNames[of] },
    options: entries.map(({ option }) => option),
    ...(initial ? { initial_option: initial.option } : {}),
  };
}

const optionOf = (incident: number, of: Question, as: string, label: string): PlainTextOption => ({
  text: {
    type: "plain_text",
    text: shortenLabel(label.charAt(0).toUpperCase() + label.slice(1), limits.option),
  },
  value: menuValue({ do: "Assess", incident, of, as }),
});
