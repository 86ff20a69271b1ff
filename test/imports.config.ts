import type { IForbiddenRuleType, ICruiseOptions } from "dependency-cruiser";

interface Room {
  /** A folder of `src`, or one of its files. */
  room: string;
  /** Rooms, files or parts of rooms that it may import besides itself. */
  imports: readonly string[];
  /** Packages that it may import, where that is limited. Node's own modules count as one, `node`. */
  packages?: readonly string[];
}

const port = "store/port.ts";
/** What the port may reject with. */
const fault = "store/fault.ts";
/** Time, ids and the log are handed down as values; their types may be named by whoever gets them. The others hold nothing. */
const givenToAll = ["clock.ts", "log.ts", "clean-up.ts", "in-flight.ts"];

/** "Rooms" of docs/ARCHITECTURE.md. */
export const rooms: readonly Room[] = [
  {
    room: "domain",
    imports: [],
    // The last two make a channel's name of what people typed; they are pure, as the room is.
    packages: ["zod", "date-fns", "@date-fns/tz", "@sindresorhus/slugify", "any-ascii"],
  },
  {
    room: "postmortem",
    imports: ["domain"],
    packages: [
      "zod",
      "date-fns",
      "@date-fns/tz",
      "mdast-util-[^/]+",
      "micromark-extension-gfm",
      "compromise",
      "node-emoji",
    ],
  },
  { room: "handle.ts", imports: ["domain", "facts.ts", port, ...givenToAll], packages: [] },
  { room: "facts.ts", imports: ["domain", port], packages: [] },
  { room: "store", imports: ["domain", ...givenToAll] },
  { room: "dispatch", imports: ["domain", port, ...givenToAll] },
  {
    room: "slack",
    imports: ["domain", "handle.ts", port, fault, "dispatch/performer.ts", "postmortem", ...givenToAll],
  },
  {
    room: "webhooks",
    imports: ["domain", port, "dispatch/performer.ts", ...givenToAll],
    packages: ["node"],
  },
  { room: "http", imports: ["domain", "handle.ts", port, "postmortem", ...givenToAll] },
  {
    room: "cli",
    imports: [
      "app.ts",
      "config.ts",
      "handle.ts",
      "domain",
      "postmortem",
      "store",
      "dispatch",
      "http",
      "webhooks/target.ts",
      "workspace",
      ...givenToAll,
    ],
  },
  { room: "workspace", imports: [] },
  { room: "clock.ts", imports: [], packages: ["node"] },
  { room: "clean-up.ts", imports: [], packages: [] },
  { room: "in-flight.ts", imports: [], packages: [] },
  { room: "log.ts", imports: [] },
  { room: "config.ts", imports: ["config", "domain", "webhooks/target.ts", ...givenToAll] },
  { room: "config", imports: ["domain", "webhooks/target.ts"] },
  {
    room: "app.ts",
    imports: [
      "config.ts",
      "handle.ts",
      "domain",
      "postmortem",
      "store",
      "dispatch",
      "slack",
      "webhooks",
      "http",
      ...givenToAll,
    ],
  },
];

/** Packages that only these rooms know. */
const packageOwners: readonly { packages: string; owners: readonly string[] }[] = [
  { packages: "@slack/types", owners: ["slack", "workspace"] },
  { packages: "@slack/(?!types/)[^/]+", owners: ["slack"] },
  { packages: "(?:drizzle-orm|better-sqlite3)", owners: ["store"] },
  { packages: "(?:mdast|mdast-util-[^/]+)", owners: ["postmortem", "config"] },
  { packages: "commander", owners: ["cli"] },
  { packages: "pino", owners: ["log.ts"] },
];

const escape = (text: string): string => text.replaceAll(/[.]/g, "\\.");
const pathOf = (place: string): string => `^src/${escape(place)}${place.endsWith(".ts") ? "$" : "/"}`;
// A package of types alone, such as mdast, is not found and keeps its bare name.
const inPackage = (name: string): string => `(?:^|/)node_modules/${name}/|^${name}$`;

const roomRules = rooms.flatMap(({ room, imports, packages }): IForbiddenRuleType[] => [
  {
    name: `${room} imports ${imports.length === 0 ? "no other room" : `only ${imports.join(", ")}`}`,
    severity: "error",
    from: { path: pathOf(room) },
    to: { path: "^src/", pathNot: [room, ...imports].map(pathOf) },
  },
  ...(packages === undefined ? [] : packageRules(room, packages)),
]);

function packageRules(room: string, packages: readonly string[]): IForbiddenRuleType[] {
  const from = { path: pathOf(room) };
  const npm = packages.filter((name) => name !== "node");
  const rules: IForbiddenRuleType[] = [
    {
      name: `${room} imports ${npm.length === 0 ? "no package" : `only the packages ${npm.join(", ")}`}`,
      severity: "error",
      from,
      to: { path: "(?:^|/)node_modules/", ...(npm.length === 0 ? {} : { pathNot: npm.map(inPackage) }) },
    },
  ];
  if (!packages.includes("node")) {
    rules.push({
      name: `${room} imports nothing of Node's`,
      severity: "error",
      from,
      to: { dependencyTypes: ["core"] },
    });
  }
  return rules;
}

const ownerRules = packageOwners.map(({ packages, owners }): IForbiddenRuleType => ({
  name: `${packages} is known to ${owners.join(" and ")} alone`,
  severity: "error",
  from: { path: "^src/", pathNot: owners.map(pathOf) },
  to: { path: inPackage(packages) },
}));

/** Every rule of the house about imports; paths are read from the folder that holds `src`. */
const rules: IForbiddenRuleType[] = [
  ...roomRules,
  ...ownerRules,
  {
    // What may come again bears keys; only that door asks for them.
    name: "slack changes an incident through input.ts alone",
    severity: "error",
    from: { path: "^src/slack/", pathNot: "^src/slack/input\\.ts$" },
    to: { path: "^src/handle\\.ts$", dependencyTypesNot: ["type-only"] },
  },
  { name: "modules make no cycle", severity: "error", from: { path: "^src/" }, to: { circular: true } },
  {
    name: "what is imported exists",
    severity: "error",
    from: { path: "^src/" },
    to: { couldNotResolve: true, pathNot: "^mdast$" },
  },
  {
    name: "date-fns is imported one function at a time",
    severity: "error",
    from: { path: "^src/" },
    to: { path: "(?:^|/)node_modules/date-fns/index\\." },
  },
  {
    name: "src imports nothing beside src",
    severity: "error",
    from: { path: "^src/" },
    to: { dependencyTypes: ["local"], pathNot: "^src/" },
  },
  {
    name: "no folder has an index",
    severity: "error",
    from: {},
    to: { path: "^src/.*index\\.ts$" },
  },
];

/**
 * swc reads the sources: with TypeScript 7 dependency-cruiser finds no compiler that it knows, and silently reads nothing.
 * @param baseDir the folder that holds `src`
 */
export const cruiseOptions = (baseDir: string): ICruiseOptions => ({
  baseDir,
  parser: "swc",
  outputType: "json",
  validate: true,
  ruleSet: { forbidden: rules },
  doNotFollow: { path: "node_modules" },
  enhancedResolveOptions: {
    // A package without `main` is its index.js.
    extensions: [".ts", ".js"],
    exportsFields: ["exports"],
    conditionNames: ["node", "import", "types"],
  },
});
