/**
 * Completes package-lock.json. A lock file made where the registry serves only one platform's optional binaries
 * lacks the others, and `npm ci` then refuses it elsewhere. Run this after `npm install`; `--check` only reports.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OPERATING_SYSTEMS = "darwin win32 linux freebsd android openharmony openbsd netbsd sunos aix".split(
  " ",
);
const PROCESSORS = "arm64 x64 ia32 arm ppc64 riscv64 s390x loong64 mips64el".split(" ");

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const lockPath = path.join(root, "package-lock.json");

/** The entries that `lock` names as optional dependencies and does not have, by their key. */
export function missingEntries(lock) {
  const missing = {};
  for (const [location, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      const exact = /^[\^~]?(\d\S*)$/.exec(range)?.[1];
      if (platform === null || exact === undefined || resolves(lock, location, name)) continue;
      const hoisted = `node_modules/${name}`;
      const holder = lock.packages[hoisted] ?? missing[hoisted];
      const key = holder && holder.version !== exact ? `${location}/${hoisted}` : hoisted;
      missing[key] = { version: exact, optional: true, ...platform, ...(entry.dev ? { dev: true } : {}) };
    }
  }
  return missing;
}

/** Node looks for a package beside the one that asks, then in every folder above it. */
function resolves(lock, location, name) {
  for (
    let at = location;
    ;
    at = at.includes("/node_modules/") ? at.slice(0, at.lastIndexOf("/node_modules/")) : ""
  ) {
    if (lock.packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

/** Reads os and cpu from a package's name; null when the name tells neither. */
function platformOf(name) {
  const words = name.split(/[/\-_.]/);
  if (words.includes("wasm32") || words.includes("wasm")) return { cpu: ["wasm32"] };
  const os = OPERATING_SYSTEMS.filter(
    (word) => words.includes(word) || (word === "win32" && words.includes("windows")),
  );
  const cpu = PROCESSORS.filter(
    (word) => words.includes(word) || (word === "arm" && /arm-?(eabi|gnueabihf|musleabihf|v6|v7)/.test(name)),
  );
  if (os.length === 0 && cpu.length === 0) return null;
  return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}) };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(lockPath, "utf8"));
  const missing = missingEntries(lock);
  const names = Object.keys(missing);
  if (process.argv.includes("--check")) {
    if (names.length > 0)
      console.error(`package-lock.json lacks ${names.join(", ")}. Run: node scripts/fix-lock.mjs`);
    process.exitCode = names.length > 0 ? 1 : 0;
  } else {
    const entries = Object.entries({ ...lock.packages, ...missing });
    lock.packages = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
  }
  console.log(
    `added ${process.argv.includes("--check") ? 0 : names.length}, missing ${process.argv.includes("--check") ? names.length : 0}`,
  );
}
