import { readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { audienceVariables } from "../domain/policy/audience-variables.ts";
import { templateVariables, unknownVariables } from "../domain/policy/update-text.ts";
import { nearestHint } from "./nearest.ts";

// `src/config/` and `dist/config/` lie equally deep.
const ownTemplates = join(import.meta.dirname, "../../templates");

export type ReadTemplate = { ok: true; template: string } | { ok: false; faults: string[] };

/** Each template, with its key in `sitrep.yml` and what it may name. */
const kinds = {
  update: { key: ["updates", "template"], variables: templateVariables },
  support: { key: ["audiences", "support", "template"], variables: audienceVariables },
  management: { key: ["audiences", "management", "template"], variables: audienceVariables },
} as const;

export type TemplateKind = keyof typeof kinds;

export const templateKey = (kind: TemplateKind): readonly string[] => kinds[kind].key;

/** `path` is relative to the folder of `sitrep.yml`; where nothing is set, Sitrep's own template is taken. */
export function readTemplate(
  kind: TemplateKind,
  path: string | undefined,
  { folder, cwd, where }: { folder: string; cwd: string; where: string },
): ReadTemplate {
  const { key, variables } = kinds[kind];
  const usual = `templates/${kind}.md`;
  const file = isAbsolute(path ?? "") ? (path ?? "") : resolve(folder, path ?? usual);
  const own = join(ownTemplates, `${kind}.md`);
  const source =
    (path === undefined ? undefined : contentsOf(file)) ??
    (path === undefined || path === usual ? contentsOf(own) : undefined);
  const name = relative(cwd, file) || file;
  if (source === undefined)
    return { ok: false, faults: [`${where}: ${key.join(".")}: ${name} cannot be read`] };
  if (source.trim() === "") return { ok: false, faults: [`${name}: the template is empty`] };
  const faults = unknownVariables(source, variables).map(
    ({ line, name: variable }) =>
      `${name}:${line}: {${variable}} is no variable: expected {${variables.join("}, {")}}${nearestHint(variable, variables)}`,
  );
  return faults.length > 0 ? { ok: false, faults } : { ok: true, template: source };
}

function contentsOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
