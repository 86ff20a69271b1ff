import type { View } from "@slack/types";
import { z } from "zod";
import { validateView } from "./block-kit/view.ts";
import type { OpenView } from "./model.ts";
import type { WorkspaceState } from "./state.ts";

const ResponseAction = z.discriminatedUnion("response_action", [
  z.strictObject({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string()) }),
  z.strictObject({ response_action: z.literal("update"), view: z.looseObject({ type: z.literal("modal") }) }),
  z.strictObject({ response_action: z.literal("push"), view: z.looseObject({ type: z.literal("modal") }) }),
  z.strictObject({ response_action: z.literal("clear") }),
]);

/** What came of an app's answer to a submitted form; `fault`: Slack would not take it. */
type Applied = { ok: true } | { errors: Record<string, string> } | { fault: string };

/** https://docs.slack.dev/surfaces/modals */
export function applyFormAnswer(state: WorkspaceState, open: OpenView, body: unknown): Applied {
  const parsed = ResponseAction.safeParse(body);
  if (!parsed.success) return { fault: z.prettifyError(parsed.error) };
  const response = parsed.data;
  switch (response.response_action) {
    case "errors":
      return checkedErrors(open, response.errors);
    case "update":
    case "push": {
      const { view } = response;
      const problems = validateView(view);
      if (problems.length > 0 || !isView(view)) return { fault: problems.join("; ") };
      const changed =
        response.response_action === "push" ? state.pushView(open.id, view) : state.updateView(open.id, view);
      return changed.ok ? { ok: true } : { fault: changed.error };
    }
    case "clear":
      state.closeView(open.id, true);
      return { ok: true };
    default:
      return response satisfies never;
  }
}

function checkedErrors({ view }: OpenView, errors: Record<string, string>): Applied {
  const inputs = new Set(
    view.blocks.filter((block) => block.type === "input").map((block) => block.block_id),
  );
  const unknown = Object.keys(errors).filter((key) => !inputs.has(key));
  return unknown.length > 0 ? { fault: `errors for no input block: ${unknown.join(", ")}` } : { errors };
}

// validateView has found no fault in it.
function isView(value: { type: string }): value is View {
  return value.type === "modal";
}
