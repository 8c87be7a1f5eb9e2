/**
 * Mutual exclusion between processes by a file that names its holder. A holder that died is found out by its process
 * id and start time, and its lock is taken away by exactly one of those who wait.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

interface Holder {
  readonly pid: number;
  /** Kernel start time of the process, which tells it from a later one with the same id; null where unknown. */
  readonly startedAt: string | null;
  readonly token: string;
}

const RETRY_MS = 25;
const CLAIM_LIFETIME_MS = 10_000;

/** Runs `work` while no other process holds the lock, and waits at most `waitMs` for its turn. */
export async function withExclusiveLock<T>(
  lockPath: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const me: Holder = { pid: process.pid, startedAt: processStart(process.pid), token: randomUUID() };
  const deadline = Date.now() + waitMs;
  while (!(await created(lockPath, me))) {
    const holder = await readHolder(lockPath);
    if (holder !== null && isDead(holder)) await removeStale(lockPath, holder);
    else if (Date.now() > deadline) {
      throw new Error(
        `${lockPath} is held by process ${holder?.pid ?? "unknown"}; end it or remove the file.`,
      );
    } else await delay(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lockPath, { force: true });
  }
}

/** Whether a process with this id runs now, under whatever user. One that ended and was not yet collected does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, "EPERM")) return false;
  }
  return processState(pid)?.state !== "Z";
}

/** Whether `error` is a system error with this code, such as ENOENT. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function created(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(holder), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** A lock that is gone, or whose holder is in the middle of writing its name, reads as null: look again. */
async function readHolder(lockPath: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(lockPath, "utf8"));
    return isHolder(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === "object" && value !== null && "pid" in value && "startedAt" in value && "token" in value
  );
}

function isDead(holder: Holder): boolean {
  if (!isRunning(holder.pid)) return true;
  return holder.startedAt !== null && processStart(holder.pid) !== holder.startedAt;
}

/**
 * Only the process that creates the claim, whose name is the dead holder's token, may remove the lock. Without it, a
 * second waiter that read the same dead holder would remove the lock its rival has just taken.
 */
async function removeStale(lockPath: string, holder: Holder): Promise<void> {
  const claim = `${lockPath}.${holder.token}`;
  if (await created(claim, holder)) {
    const current = await readHolder(lockPath);
    if (current?.token === holder.token) await rm(lockPath, { force: true });
    await rm(claim, { force: true });
    return;
  }
  const age = await stat(/* turbopackIgnore: true */ claim).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  if (age > CLAIM_LIFETIME_MS) await rm(claim, { force: true });
  await delay(RETRY_MS);
}

function processStart(pid: number): string | null {
  return processState(pid)?.startedAt ?? null;
}

/** Fields 3 and 22 of /proc/<pid>/stat; the name in field 2 may hold spaces, so the count starts behind its bracket. */
function processState(pid: number): { state: string; startedAt: string } | null {
  const startField = 19;
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", startedAt: fields[startField] ?? "" };
  } catch {
    return null;
  }
}
