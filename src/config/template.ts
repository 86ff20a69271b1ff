import { readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { templateVariables, unknownVariables } from "../domain/policy/update-text.ts";
import { nearestHint } from "./nearest.ts";

// `src/config/` and `dist/config/` lie equally deep.
const ownTemplates = join(import.meta.dirname, "../../templates");
const defaultTemplate = "templates/update.md";

export type ReadTemplate = { ok: true; template: string } | { ok: false; faults: string[] };

/** `path` is relative to the folder of `sitrep.yml`; where nothing is set, Sitrep's own template is taken. */
export function readTemplate(
  path: string | undefined,
  { folder, cwd, where }: { folder: string; cwd: string; where: string },
): ReadTemplate {
  const file = isAbsolute(path ?? "") ? (path ?? "") : resolve(folder, path ?? defaultTemplate);
  const own = join(ownTemplates, "update.md");
  const source =
    (path === undefined ? undefined : contentsOf(file)) ?? (isDefault(path) ? contentsOf(own) : undefined);
  const name = relative(cwd, file) || file;
  if (source === undefined)
    return { ok: false, faults: [`${where}: updates.template: ${name} cannot be read`] };
  if (source.trim() === "") return { ok: false, faults: [`${name}: the template is empty`] };
  const faults = unknownVariables(source).map(
    ({ line, name: variable }) =>
      `${name}:${line}: {${variable}} is no variable: expected {${templateVariables.join("}, {")}}${nearestHint(variable, templateVariables)}`,
  );
  return faults.length > 0 ? { ok: false, faults } : { ok: true, template: source };
}

const isDefault = (path: string | undefined) => path === undefined || path === defaultTemplate;

function contentsOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
