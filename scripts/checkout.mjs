/**
 * Brings a checkout into the state the product needs: packages installed, database client generated, pages built.
 * Each step looks first whether it is needed, so a second start loses no time. Plain JavaScript without packages,
 * because it runs before any package is there.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const OLDEST_NODE = [20, 19];
const GENERATED = "lib/store/generated";
const CLIENT_SOURCES = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"];
const BUILD_SOURCES = [
  ...["app", "components", "lib", "public", "prisma/schema.prisma", "instrumentation.ts", "proxy.ts"],
  ...["next.config.js", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
];

/** A failure that the person can do something about; printed without a stack. */
export class CheckoutError extends Error {}

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new CheckoutError(
    `Palimpsest needs Node.js ${OLDEST_NODE.join(".")} or newer, and this is ${process.versions.node}. Get it from https://nodejs.org.`,
  );
}

/** Installs what package-lock.json names, unless node_modules holds exactly that. */
export async function install() {
  if (isInstalled()) return;
  say("Installing packages (a minute or so, the first time only) …");
  const { command, args } = npm();
  await run(command, [...args, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    failure: "npm ci failed. It needs access to the npm registry; the lines above tell why.",
  });
}

/** Generates the database client, unless it is the one for this schema. */
export async function generate() {
  const wanted = digestOf(CLIENT_SOURCES);
  const stamp = path.join(ROOT, GENERATED, ".made-from");
  if (readIfThere(stamp) === wanted) return;
  say("Generating the database client …");
  await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    env: clientEnvironment(),
    quiet: true,
    failure: "prisma generate failed.",
  });
  writeFileSync(stamp, wanted);
}

/** Builds the pages, unless the build is the one for these sources. */
export async function build() {
  const wanted = digestOf(BUILD_SOURCES);
  const stamp = path.join(ROOT, ".next", "made-from");
  if (readIfThere(stamp) === wanted && existsSync(path.join(ROOT, ".next", "BUILD_ID"))) return;
  say("Building the pages …");
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
    quiet: true,
    failure: "The build failed.",
  });
  writeFileSync(stamp, wanted);
}

/**
 * Runs a program to its end. A quiet one is silent unless it fails.
 * @param {{ env?: Record<string, string>, quiet?: boolean, failure: string }} options
 */
export function run(command, args, options) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", options.quiet ? "pipe" : "inherit", options.quiet ? "pipe" : "inherit"],
  });
  const printed = [];
  child.stdout?.on("data", (chunk) => printed.push(chunk));
  child.stderr?.on("data", (chunk) => printed.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(printed));
      reject(new CheckoutError(options.failure));
    });
  });
}

export function say(line) {
  console.log(line);
}

/** npm leaves its own lock in node_modules when it is done; that one tells what is really there. */
function isInstalled() {
  const installed = readIfThere(path.join(ROOT, "node_modules", ".package-lock.json"));
  if (installed === null) return false;
  const there = JSON.parse(installed).packages;
  const wanted = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([location, entry]) => {
    if (location === "") return true;
    return there[location]
      ? there[location].version === entry.version
      : Boolean(entry.optional || entry.devOptional || entry.peer);
  });
}

/** The npm that started us if there is one: another on the path may be of another version. */
function npm() {
  const running = process.env.npm_execpath ?? "";
  if (running.endsWith("npm-cli.js")) return { command: process.execPath, args: [running] };
  const beside = path.join(path.dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  if (existsSync(beside)) return { command: process.execPath, args: [beside] };
  if (spawnSync("npm", ["--version"], { stdio: "ignore" }).status === 0) return { command: "npm", args: [] };
  throw new CheckoutError("npm was not found. It comes with Node.js; start Palimpsest with: npm start");
}

/**
 * Prisma would download its schema engine, which generating does not use: it only wants to see that a file is there.
 * The other two keep it from asking its maker for news.
 */
function clientEnvironment() {
  return {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
}

/** A digest of the names and contents of files and folders, the generated client apart: its source is among them. */
function digestOf(sources) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const file of sources.flatMap(filesIn))
    hash.update(`\0${file}\0`).update(readFileSync(path.join(ROOT, file)));
  return hash.digest("hex");
}

function filesIn(source) {
  const full = path.join(ROOT, source);
  if (!existsSync(full) || source === GENERATED) return [];
  const entries = readdirSync(path.dirname(full), { withFileTypes: true });
  if (entries.find((entry) => entry.name === path.basename(full))?.isFile()) return [source];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(`${source}/${name}`));
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
