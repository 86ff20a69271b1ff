import { z } from "zod";
import type { SeverityRow } from "../domain/rules.ts";
import { businessImpacts, isWorse, scopes, severities, trends } from "../domain/vocab.ts";
import { expected, mapping, oneOf } from "./values.ts";

const row = z.strictObject(
  {
    severity: oneOf(severities),
    when: z
      .strictObject(
        {
          users: oneOf(["few", "some", "many", "most"]).optional(),
          business: z
            .array(oneOf(businessImpacts), expected(`a list of ${businessImpacts.join(", ")}`))
            .min(1, expected(`a list of ${businessImpacts.join(", ")}`))
            .optional(),
          scope: oneOf(scopes).optional(),
          trend: oneOf(trends).optional(),
        },
        mapping,
      )
      .default({}),
  },
  mapping,
);

/** Rows from the worst severity to the mildest: so no worse answer ever lowers what is proposed. What fits none is SEV4. */
export const severityTable = z
  .array(row, expected("a list of rows such as { severity: SEV1, when: { users: most } }"))
  .superRefine((rows, context) => {
    for (const [index, { severity }] of rows.entries()) {
      const above = rows[index - 1]?.severity;
      if (above !== undefined && isWorse(severity, above))
        context.addIssue({
          code: "custom",
          path: [index, "severity"],
          message: `${severity} stands below ${above}: expected rows from the worst severity to the mildest`,
        });
    }
  })
  .transform((rows): SeverityRow[] => {
    const fitting = rows.map(({ severity, when: { users, business, scope, trend } }) => ({
      severity,
      when: {
        ...(users && { users }),
        ...(business && { business }),
        ...(scope && { scope }),
        ...(trend && { trend }),
      },
    }));
    const fitsAll = fitting.some(({ when }) => Object.keys(when).length === 0);
    return fitsAll ? fitting : [...fitting, { severity: "SEV4", when: {} }];
  });
