/**
 * The rooms of the house and the doors between them (the import arrows). A room is the longest folder below that
 * holds a file; a file may import its own room and the rooms named here, and nothing else of ours.
 *
 * `types` doors open for `import type` alone, `files` doors into the named files of a room that stays closed. `PACKAGES`
 * lists the rooms that alone may import a package.
 */

/** @typedef {{ imports: string[], types?: string[], files?: string[] }} Room */

/** @type {Record<string, Room>} */
export const ROOMS = {
  "lib/env.ts": { imports: [] },
  "lib/domain": { imports: [] },
  "lib/contracts": { imports: ["lib/domain"] },
  "lib/store": { imports: ["lib/domain", "lib/env.ts"] },
  // Connections to elsewhere, with the addresses that are refused.
  "lib/network": { imports: ["lib/env.ts"] },
  // Who somebody is: passwords, passkeys and accounts elsewhere. What they may do then is the commands' business.
  "lib/sign-in": { imports: ["lib/domain", "lib/store", "lib/env.ts"] },
  "lib/models": { imports: ["lib/domain", "lib/network", "lib/env.ts"] },
  "lib/search": { imports: ["lib/domain", "lib/store", "lib/models", "lib/env.ts"] },
  "lib/queries": {
    imports: ["lib/domain", "lib/store", "lib/models", "lib/search", "lib/env.ts"],
    types: ["lib/contracts"],
  },
  "lib/commands": {
    imports: [
      "lib/domain",
      "lib/store",
      "lib/models",
      "lib/network",
      "lib/search",
      "lib/sign-in",
      "lib/queries",
      "lib/env.ts",
    ],
    types: ["lib/contracts"],
    // The items of a batch are judged one by one, so that a bad one does not speak for the others.
    files: ["lib/contracts/parse.ts"],
  },
  "lib/transport": {
    imports: ["lib/contracts", "lib/commands", "lib/queries", "lib/domain", "lib/sign-in", "lib/env.ts"],
    // Credentials, guesses at them, replayed answers, liveness and live events are transport's own state, and no command's or query's.
    files: [
      "lib/store/access.ts",
      "lib/store/sessions.ts",
      "lib/store/append.ts",
      "lib/store/cpu-meter.ts",
      "lib/store/digest.ts",
      "lib/store/feed.ts",
      "lib/store/guesses.ts",
      "lib/store/heads.ts",
      "lib/store/idempotency.ts",
      "lib/store/request-tail.ts",
    ],
  },
  "lib/client": { imports: ["lib/contracts"], types: ["lib/domain"] },
  "lib/format": { imports: [], types: ["lib/domain"] },
  "components/ui": { imports: ["lib/format"] },
  "components/charts": { imports: ["components/ui", "lib/format"] },
  components: {
    imports: ["components/ui", "components/charts", "lib/client", "lib/format"],
    types: ["lib/contracts", "lib/domain"],
  },
  "app/api": { imports: ["lib/transport", "lib/contracts"] },
  "app/.well-known": { imports: ["lib/transport"] },
  app: {
    imports: ["components", "components/ui", "components/charts", "lib/client", "lib/format", "lib/queries"],
  },
  "instrumentation.ts": {
    imports: ["lib/commands", "lib/queries", "lib/transport", "lib/search", "lib/env.ts"],
  },
  "proxy.ts": { imports: ["lib/transport", "lib/contracts", "lib/env.ts"] },
  prisma: { imports: ["lib/commands", "lib/queries", "lib/domain", "lib/store", "lib/env.ts"] },
  "prisma.config.ts": { imports: ["lib/env.ts"] },
  "scripts/lint": { imports: [] },
  scripts: { imports: ["*"] },
  tests: { imports: ["*"] },
};

/** Packages, by the start of their name, that belong to one room. */
export const PACKAGES = [
  { name: "@prisma/", rooms: ["lib/store", "scripts", "tests"] },
  { name: "prisma", rooms: ["lib/store", "prisma.config.ts", "scripts", "tests"] },
  { name: "pg", rooms: ["lib/store", "scripts", "tests"] },
  { name: "@opentelemetry/", rooms: ["lib/transport", "tests"] },
  { name: "better-auth", rooms: ["lib/sign-in", "lib/store", "tests"] },
  { name: "@simplewebauthn/server", rooms: ["lib/sign-in", "tests"] },
  { name: "zod", rooms: ["lib/contracts", "tests"] },
  { name: "onnxruntime-node", rooms: ["lib/models", "scripts", "tests"] },
  { name: "@lat.md/", rooms: ["lib/models", "scripts", "tests"] },
  { name: "wink-", rooms: ["lib/models", "scripts", "tests"] },
];

/** Rooms that run in the browser too, or must give the same result everywhere: no Node modules, no packages. */
export const PURE_ROOMS = ["lib/domain"];

/** The room that holds the file at `path` (from the root, with slashes), or null for files outside every room. */
export function roomOf(path) {
  const holders = Object.keys(ROOMS).filter((room) => path === room || path.startsWith(`${room}/`));
  return holders.sort((a, b) => b.length - a.length)[0] ?? null;
}
