import type { Actor } from "../domain/actor.ts";
import { calms } from "../domain/ending/calm.ts";
import { reference } from "../domain/incident.ts";
import { stageOf } from "../domain/mitigation/state.ts";
import { mitigatedAt } from "../domain/mitigation/times.ts";
import { stepsOf } from "../domain/runbooks/document.ts";
import { roles } from "../domain/vocab.ts";
import type { Words } from "../domain/words.ts";
import { type Material, nameOf, readingOf } from "./material.ts";
import { mention } from "./reading.ts";

type InWords = (said: Words | null) => string | null;

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** What people did in an incident, for programs. */
export function deedsJson(material: Material, words: InWords) {
  const { incident } = material;
  const reading = readingOf(material);
  const by = (actor: Actor | null) => actor && nameOf(actor, reading);
  const person = (user: string | null) => user && mention(reading, user);
  const { held, changes } = incident.roles;
  const { tried, decisions, noRollback } = incident.mitigation;
  return {
    roles: {
      held: Object.fromEntries(roles.map((role) => [role, person(held[role]?.user ?? null)])),
      changes: changes.map(({ at, role, from, to, how, ...change }) => ({
        at: iso(at),
        role,
        from: person(from),
        to: person(to),
        how,
        by: by(change.by),
      })),
    },
    asks: incident.asks.map(({ id, to, text, within, state, result, ...ask }) => ({
      id,
      to: person(to),
      text: words(text),
      by: by(ask.by),
      at: iso(ask.at),
      withinMs: within,
      state,
      changedAt: iso(ask.changedAt),
      result: words(result),
    })),
    mitigations: tried.map((one) => ({
      id: one.id,
      option: one.option,
      what: words(one.what),
      whyNotRollback: words(one.whyNotRollback),
      owner: person(one.owner),
      by: by(one.by),
      stage: stageOf(one),
      decidedAt: isoOrNull(one.decidedAt),
      startedAt: isoOrNull(one.startedAt),
      finishedAt: isoOrNull(one.finishedAt),
      result: one.result,
    })),
    rollbackRuledOut: noRollback && {
      at: iso(noRollback.at),
      by: by(noRollback.by),
      reason: words(noRollback.reason),
    },
    decisions: decisions.map(({ id, at, text, ...decision }) => ({
      id,
      at: iso(at),
      by: by(decision.by),
      text: words(text),
    })),
    runbooks: incident.runbooks.posted.map(({ name, at, sections, done, ...runbook }) => ({
      name,
      at: iso(at),
      by: by(runbook.by),
      steps: stepsOf(sections).length,
      done: Object.entries(done).map(([step, one]) => ({ step, at: iso(one.at), by: by(one.by) })),
    })),
  };
}

/** How it ended, came back and was written up, and what people corrected since, for programs. */
export function aftermathJson(material: Material, words: InWords) {
  const { incident } = material;
  const reading = readingOf(material);
  const by = (done: { at: number; by: Actor } | null) =>
    done && { at: iso(done.at), by: nameOf(done.by, reading) };
  const { ending, corrections, escalation } = incident;
  const { cancelled, postmortem } = ending;
  return {
    detected: corrections.detected && {
      at: iso(corrections.detected.at),
      by: corrections.detected.by,
    },
    acknowledged: by(escalation.acknowledged),
    mitigatedAt: isoOrNull(mitigatedAt(incident)),
    reopenings: ending.reopenings.map(({ reason, from, recoveredAt, ...reopening }) => ({
      ...by(reopening),
      from,
      reason: words(reason),
      recoveredAt: isoOrNull(recoveredAt),
    })),
    calm: calms(incident).map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    cancelled: cancelled && {
      ...by(cancelled),
      reason: words(cancelled.reason),
      duplicateOf: cancelled.duplicateOf === null ? null : reference(cancelled.duplicateOf),
    },
    duplicates: ending.duplicates.map(({ number }) => reference(number)),
    closed: by(ending.closed),
    postmortem: {
      owner: postmortem.owner && mention(reading, postmortem.owner),
      published: by(postmortem.published),
      waived: postmortem.waived && { ...by(postmortem.waived), reason: words(postmortem.waived.reason) },
    },
    corrections: Object.entries(corrections.entries).map(
      ([entry, { text, at, hidden, changedAt, ...one }]) => ({
        entry,
        by: nameOf(one.by, reading),
        changedAt: iso(changedAt),
        text: words(text),
        at: isoOrNull(at),
        hidden,
      }),
    ),
  };
}
