import { env } from "@/lib/env";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { withExclusiveLock } from "@/lib/store/exclusive-lock";
import { writeBackup } from "./write-backup";
import type { Millis } from "@/lib/domain/ids";

/** Where backups are kept that nobody named a file for. */
export const backupFolder = (): string => path.join(env.dataDir, "backups");

const NAME = /^palimpsest-(scheduled-)?(\d{8}T\d{6}Z)\.ndjson\.gz$/u;
const LOCK_WAIT_MS = 600_000;

export interface KeptBackup {
  readonly name: string;
  readonly createdAt: string;
  readonly bytes: number;
  /** Made by the timer, which also removes the oldest of its own. */
  readonly scheduled: boolean;
}

/** The backups of the folder, newest first. Each was read back and proven before it got its name. */
export async function keptBackups(): Promise<readonly KeptBackup[]> {
  const none: readonly string[] = [];
  const names = await readdir(backupFolder()).catch(() => none);
  const kept = await Promise.all(
    names.flatMap((name) => {
      const found = NAME.exec(name);
      return found === null
        ? []
        : [describe(name, { scheduled: found[1] !== undefined, stamp: found[2] ?? "" })];
    }),
  );
  return kept.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

async function describe(
  name: string,
  { scheduled, stamp }: { readonly scheduled: boolean; readonly stamp: string },
): Promise<KeptBackup> {
  const { size } = await stat(path.join(backupFolder(), name));
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u.exec(stamp) ?? [];
  return {
    name,
    createdAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`,
    bytes: size,
    scheduled,
  };
}

/** Makes a backup in the folder; one at a time, whatever number of processes look after it. */
export async function makeBackup(now: () => Millis, { scheduled }: { readonly scheduled: boolean }) {
  await mkdir(backupFolder(), { recursive: true, mode: 0o700 });
  const stamp = new Date(now()).toISOString().replaceAll(/[-:]|\.\d+/gu, "");
  const name = `palimpsest-${scheduled ? "scheduled-" : ""}${stamp}.ndjson.gz`;
  const written = await withExclusiveLock(path.join(backupFolder(), ".lock"), LOCK_WAIT_MS, () =>
    writeBackup(path.join(backupFolder(), name), now),
  );
  return { ...written, name };
}

/** Removes the oldest of those that the timer made; what a person made stays until a person removes it. */
export async function pruneScheduled(keep: number): Promise<void> {
  const scheduled = (await keptBackups()).filter((backup) => backup.scheduled);
  for (const { name } of scheduled.slice(keep)) await rm(path.join(backupFolder(), name), { force: true });
}
