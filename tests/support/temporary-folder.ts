import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A new folder for a run's data. Its name has a space, as folders of people do, and every user may pass through it, so
 * that a database run by root for `nobody` stays inside and goes when the folder goes.
 */
export async function temporaryFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `palimpsest ${purpose} `));
  await chmod(folder, 0o711);
  return folder;
}
