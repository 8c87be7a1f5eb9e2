/**
 * `npm test`: everything that must hold, from a bare checkout, ending in one line `N passed, N failed`.
 * `npm test -- lint types` runs those stages; any other word is a path filter for the unit tests, such as `laws`.
 * `--long` gives the law tests fresh seeds and many more histories.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { build, CheckoutError, generate, install, requireNode, ROOT } from "./checkout.mjs";

/** The person's own settings must not reach the tests: they would write into the person's own database. */
const OUR_SETTINGS = /^(PALIMPSEST_|DATABASE_URL$|PORT$|HOST$|NODE_ENV$)/;

/** Histories per law in a long run; a usual run has a thousand. */
const LONG_RUNS = 20_000;

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const scratch = mkdtempSync(path.join(tmpdir(), "palimpsest-reports-"));
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUR_SETTINGS.test(name))),
  NEXT_TELEMETRY_DISABLED: "1",
  ...(process.argv.includes("--long") ? longLaws() : {}),
};

/** Each stage tells how many things passed and failed; one that ran nothing has failed. */
const stages = {
  lock: () => verdict(["scripts/fix-lock.mjs", "--check"]),
  lint: async () => {
    await routeTypes();
    const [rules, form] = await Promise.all([
      verdict(["node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."]),
      verdict([PRETTIER, "--check", "--log-level", "warn", ...CODE]),
    ]);
    return sum(rules, form);
  },
  types: async () => sum(await routeTypes(), await verdict(["node_modules/typescript/bin/tsc", "--noEmit"])),
  unit: () => unitTests(filters),
  build: buildPages,
  e2e: browserTests,
};
/** Next writes them once: who reads the code must not see them half there. */
let writingRouteTypes = null;
/** Each of these reads the whole code with one core. */
const BESIDE = { types: "lint" };
const NEXT = "node_modules/next/dist/bin/next";
const PRETTIER = "node_modules/prettier/bin/prettier.cjs";
const CODE = ["{app,components,lib,scripts,tests}/**/*.{ts,tsx,js,mjs}", "*.{ts,js}"];
const filters = words.filter((word) => !(word in stages));

process.exitCode = await main();

async function main() {
  const total = { passed: 0, failed: 0 };
  try {
    requireNode();
    process.chdir(ROOT);
    await install();
    await generate();
    for (const names of rounds(wantedStages()))
      for (const counts of await Promise.all(names.map(timed))) add(total, counts);
  } catch (error) {
    console.error(error instanceof CheckoutError ? error.message : error);
    add(total, { passed: 0, failed: 1 });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** The seed is printed in the title of each law, so what a long run finds can be played again. */
function longLaws() {
  const { LAWS_SEED, LAWS_RUNS } = process.env;
  return { LAWS_SEED: LAWS_SEED ?? String(randomInt(2 ** 31)), LAWS_RUNS: LAWS_RUNS ?? String(LONG_RUNS) };
}

function wantedStages() {
  if (words.length === 0) return Object.keys(stages);
  return Object.keys(stages).filter(
    (name) => words.includes(name) || (name === "unit" && filters.length > 0),
  );
}

/** Stages in the order they run in; those of one round run at the same time. */
function rounds(names) {
  const beside = names.filter((name) => names.includes(BESIDE[name]));
  return names
    .filter((name) => !beside.includes(name))
    .map((name) => [name, ...beside.filter((other) => BESIDE[other] === name)]);
}

function routeTypes() {
  writingRouteTypes ??= verdict([NEXT, "typegen"]);
  return writingRouteTypes;
}

async function timed(name) {
  const start = performance.now();
  console.log(`\n── ${name}`);
  const counts = await stages[name]();
  const nothing = counts.passed + counts.failed === 0;
  if (nothing) console.error(`${name} ran nothing.`);
  console.log(
    `── ${name}: ${nothing || counts.failed > 0 ? "failed" : "passed"} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  return nothing ? { passed: 0, failed: 1 } : counts;
}

async function unitTests(paths) {
  const report = path.join(scratch, "unit.json");
  const args = ["run", ...paths.map((word) => (word.includes("/") ? word : `tests/${word}`))];
  const code = await node([
    "node_modules/vitest/vitest.mjs",
    ...args,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const results = read(report);
  if (results === null) return { passed: 0, failed: 1 };
  // A file that does not even load has no test that could fail.
  const unloaded = results.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return atLeastOneFailure(code, {
    passed: results.numPassedTests,
    failed: results.numFailedTests + unloaded,
  });
}

async function buildPages() {
  try {
    await build();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof CheckoutError ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

async function browserTests() {
  if (!provideChromium()) return { passed: 0, failed: 1 };
  await build();
  const report = path.join(scratch, "e2e.json");
  const code = await node(["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  const stats = read(report)?.stats;
  if (!stats) return { passed: 0, failed: 1 };
  return atLeastOneFailure(code, { passed: stats.expected, failed: stats.unexpected + stats.flaky });
}

/** Downloads of test browsers are out of reach in many places; Debian's Chromium is one package. */
function provideChromium() {
  const wanted = environment.CHROMIUM_PATH ?? "/usr/bin/chromium";
  if (existsSync(wanted)) return true;
  if (!environment.CHROMIUM_PATH && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium …");
    const apt = (...args) =>
      spawnSync("apt-get", ["-qq", ...args], {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...environment, DEBIAN_FRONTEND: "noninteractive" },
      });
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium");
  }
  if (existsSync(wanted)) return true;
  console.error(`There is no Chromium at ${wanted}. Install it, or name yours in CHROMIUM_PATH.`);
  return false;
}

async function verdict(args) {
  return (await node(args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs a program of ours with Node and gives its exit code. */
function node(args, extra = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...environment, ...extra },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** A runner can fail outside its tests, for example by an error that nobody handled. */
function atLeastOneFailure(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

function add(total, counts) {
  total.passed += counts.passed;
  total.failed += counts.failed;
}

function sum(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}
