import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { impactAfter } from "../policy/impact.ts";
import { isAssessmentEvent, type AssessmentEvent } from "./events.ts";
import { type Assessment, questions } from "./state.ts";

/** What any event changes here; `state` is the one before it, as far as other parts have not changed it. */
export function evolveAssessment(state: Incident, event: IncidentEvent): Partial<Incident> {
  if (isAssessmentEvent(event)) return changeBy(state, event);
  const { assessment } = state;
  switch (event.type) {
    case "SeverityChanged": {
      const { proposal } = assessment;
      const declined =
        proposal && proposal.severity !== event.data.to ? proposal.severity : assessment.declined;
      return { assessment: { ...assessment, proposal: null, declined } };
    }
    case "UpdatePublished": {
      // A draft may be older than the answers.
      return { impact: impactAfter(state, state) };
    }
    default:
      return {};
  }
}

function changeBy(state: Incident, event: AssessmentEvent): Partial<Incident> {
  const { assessment } = state;
  const { at, actor: by } = event;
  const told = { version: state.version + 1, at, by };
  switch (event.type) {
    case "AssessmentAnswered": {
      const { userImpact, businessImpact, scope, trend, proposal } = event.data;
      const named = questions.filter((question) => event.data[question] !== undefined);
      // The same form may have named services a moment ago.
      const alsoServices = assessment.told?.version === state.version && assessment.told.services;
      const answered: Assessment = {
        ...assessment,
        ...(userImpact !== undefined && { userImpact: userImpact && { ...userImpact, at, by } }),
        ...(businessImpact !== undefined && {
          businessImpact: businessImpact && { ...businessImpact, at, by },
        }),
        ...(scope !== undefined && { scope: scope && { ...scope, at, by } }),
        ...(trend !== undefined && { trend: trend && { ...trend, at, by } }),
        proposal,
        ...(event.data.inForm && { told: { ...told, questions: named, services: alsoServices } }),
      };
      return { assessment: answered, impact: impactAfter(state, { ...state, assessment: answered }) };
    }
    case "ServicesChanged": {
      const { services } = event.data;
      return { services, assessment: { ...assessment, told: { ...told, questions: [], services: true } } };
    }
    case "AssessmentAskedAgain":
      return { assessment: { ...assessment, askedAgainAt: at } };
    default:
      return event satisfies never;
  }
}
