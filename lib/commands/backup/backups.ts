import { backupFolder, keptBackups, makeBackup } from "./backup-folder";
import { installationParameters } from "./keep-backups";
import type { Context } from "../context";

/** The backups that are kept, and by which schedule. */
export async function listBackups(): Promise<object> {
  const parameters = await installationParameters();
  return {
    items: await keptBackups(),
    folder: backupFolder(),
    schedule: { intervalHours: parameters["backup.intervalHours"], keep: parameters["backup.keep"] },
  };
}

/** A backup of the whole installation, now. */
export async function createBackup(ctx: Context): Promise<object> {
  const { name, bytes, createdAt, workspaces } = await makeBackup(ctx.now, { scheduled: false });
  const changes = workspaces.reduce((sum, { head }) => sum + head.seq, 0);
  return { backup: { name, createdAt, bytes, scheduled: false }, workspaces: workspaces.length, changes };
}
