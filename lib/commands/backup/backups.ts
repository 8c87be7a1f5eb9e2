import { backupFolder, keptBackups, makeBackup } from "./backup-folder";
import { installationParameters } from "./keep-backups";
import { Refusal } from "@/lib/domain/errors";
import type { Context } from "../context";

/** The backups that are kept, and by which schedule. */
export async function listBackups(ctx: Context): Promise<object> {
  requireInstallation(ctx);
  const parameters = await installationParameters();
  return {
    items: await keptBackups(),
    folder: backupFolder(),
    schedule: { intervalHours: parameters["backup.intervalHours"], keep: parameters["backup.keep"] },
  };
}

/** A backup of the whole installation, now. */
export async function createBackup(ctx: Context): Promise<object> {
  requireInstallation(ctx);
  const { name, bytes, createdAt, workspaces } = await makeBackup(ctx.now, { scheduled: false });
  const changes = workspaces.reduce((sum, { head }) => sum + head.seq, 0);
  return { backup: { name, createdAt, bytes, scheduled: false }, workspaces: workspaces.length, changes };
}

/** A backup holds every workspace, so the owner of one of them may neither make one nor learn of them. */
function requireInstallation({ installation }: Context): void {
  if (!installation)
    throw new Refusal(
      "forbidden",
      "A backup holds every workspace of this server. Ask somebody who looks after the server, or export this workspace.",
    );
}
