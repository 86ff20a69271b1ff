import { z } from "zod";
import { type Severity, severities } from "../domain/vocab.ts";
import { channelName, expected, mapping, oneOf, orOff, text } from "./values.ts";

const audience = (told: Severity[]) =>
  orOff(
    z.strictObject(
      {
        channel: channelName,
        severities: z.array(oneOf(severities), expected("a list of severities")).default(told),
        template: text("the path of a file").optional(),
      },
      mapping,
    ),
    "keys with values, among them channel",
  ).prefault("off");

/** Off until they have a channel. */
export const audiencesSchema = z
  .strictObject({ support: audience(["SEV1", "SEV2"]), management: audience(["SEV1"]) }, mapping)
  .prefault({});
