import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { firstWorkspace } from "@/lib/store/access";
import { inWorkspace } from "@/lib/store/prisma";
import { keptBackups, makeBackup, pruneScheduled } from "./backup-folder";
import { parametersIn } from "@/lib/queries/parameters";
import { DEFAULTS, type Parameters } from "@/lib/domain/parameters";

const LOOK_EVERY_MS = 300_000;
const MS_PER_HOUR = 3_600_000;
// One timer per process: Next reloads modules in development.
const held = globalThis as { palimpsestBackups?: ReturnType<typeof setInterval> };

/** Looks every few minutes whether a backup is due; the interval itself is a parameter of the first workspace, 0 for none. */
export function keepBackups(): void {
  held.palimpsestBackups ??= setInterval(() => {
    void backUpWhenDue(Date.now()).catch((error: unknown) =>
      console.error(`The scheduled backup failed: ${String(error)}`),
    );
  }, LOOK_EVERY_MS).unref();
}

/** The first workspace's, because a backup is of all of them and no other is always there. */
export async function installationParameters(): Promise<Parameters> {
  const workspace = await firstWorkspace();
  return workspace === null ? DEFAULTS : inWorkspace(brand<WorkspaceId>(workspace.id), parametersIn);
}

/** Returns the name of the backup it made, or null when none was due. */
export async function backUpWhenDue(nowMs: number): Promise<string | null> {
  const parameters = await installationParameters();
  const intervalMs = parameters["backup.intervalHours"] * MS_PER_HOUR;
  const newest = (await keptBackups()).find((backup) => backup.scheduled);
  if (intervalMs === 0 || (newest !== undefined && nowMs - Date.parse(newest.createdAt) < intervalMs))
    return null;
  const made = await makeBackup(() => millis(nowMs), { scheduled: true });
  await pruneScheduled(parameters["backup.keep"]);
  return made.name;
}
