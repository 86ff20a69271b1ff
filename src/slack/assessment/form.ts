import type { InputBlock, ModalView } from "@slack/types";
import {
  businessImpactNames,
  scopeNames,
  userImpactNames,
} from "../../domain/assessment/answers-in-words.ts";
import { reference } from "../../domain/incident.ts";
import { formatOffset } from "../../domain/time.ts";
import { businessImpacts, scopes, trends, userImpacts } from "../../domain/vocab.ts";
import { choiceInput, choicesInput, modal, textInput } from "../modals/inputs.ts";
import { limits } from "../views/limits.ts";
import type { ViewModel } from "../views/model.ts";
import { filledFields, noBusinessImpact, portable, print } from "./fields.ts";

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * The four questions, filled with what is known; each may be left open.
 * @param typed the sentence about users, where somebody typed it already
 */
export function assessForm(model: ViewModel, typed = ""): ModalView {
  const { incident, rules, now } = model;
  const fields = filledFields(model);
  const filled = (field: string): string => fields[field] ?? "";
  const services = portable(incident.services);
  return modal(
    {
      form: "assess",
      incident: incident.number,
      openedAt: now,
      since: incident.assessment.trend?.since ?? null,
      filled: Object.fromEntries(Object.entries(fields).map(([field, held]) => [field, print(held)])),
      services,
    },
    {
      title: `Assess ${reference(incident)}`,
      submit: "Save",
      blocks: [
        choiceInput({
          field: "userImpact",
          label: "User impact: what share of the users of this function?",
          choices: userImpacts.map((value) => ({ value, label: capital(userImpactNames[value]) })),
          initial: filled("userImpact"),
          optional: true,
        }),
        textInput({
          field: "users",
          label: "How many users?",
          initial: filled("users"),
          placeholder: "500",
          max: 40,
        }),
        textInput({
          field: "said",
          label: "In a sentence, as updates will say it",
          initial: typed || filled("said"),
          placeholder: "15 % of checkout requests failing",
          multiline: true,
        }),
        choicesInput({
          field: "businessImpact",
          label: "Business impact: any of these?",
          choices: [
            ...businessImpacts.map((value) => ({ value, label: capital(businessImpactNames[value]) })),
            { value: noBusinessImpact, label: "None of these" },
          ],
          initial: filled("businessImpact").split(","),
        }),
        textInput({
          field: "amount",
          label: "How much?",
          initial: filled("amount"),
          placeholder: "$5,000",
          max: 200,
        }),
        textInput({
          field: "businessSaid",
          label: "Business impact in a sentence",
          initial: filled("businessSaid"),
          multiline: true,
        }),
        choiceInput({
          field: "scope",
          label: "Scope: how wide is it?",
          choices: scopes.map((value) => ({ value, label: capital(scopeNames[value]) })),
          initial: filled("scope"),
          optional: true,
        }),
        servicesInput(Object.keys(rules.services), services),
        choiceInput({
          field: "trend",
          label: "Trend",
          choices: trends.map((value) => ({ value, label: capital(value) })),
          initial: filled("trend"),
          optional: true,
        }),
        textInput({
          field: "since",
          label: `Since when? (${formatOffset(now, rules.timezone)})`,
          initial: filled("since"),
          hint: "HH:MM, or YYYY-MM-DD HH:MM",
        }),
      ],
    },
  );
}

/** Boxes for the configured services, besides those that are named already; a line to write in where none is configured. */
function servicesInput(configured: string[], services: string[] | null): InputBlock {
  const field = "services";
  const label = "Which services?";
  const names = [...new Set([...configured, ...(services ?? [])])];
  const fit = names.length <= 100 && names.every((name) => name !== "" && name.length <= limits.option);
  if (configured.length > 0 && services && fit)
    return choicesInput({
      field,
      label,
      choices: names.map((name) => ({ value: name, label: name })),
      initial: services,
    });
  return textInput({
    field,
    label,
    initial: services?.join(", ") ?? "",
    hint: services ? "With commas between them" : "Those to add, with commas between them",
    max: limits.inputValue,
  });
}
