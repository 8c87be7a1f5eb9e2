import { backupLines } from "./backup-lines";
import { createGzip } from "node:zlib";
import { createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { readBackup, type BackupContents } from "./read-backup";
import { Readable } from "node:stream";
import type { Millis } from "@/lib/domain/ids";

export interface WrittenBackup extends BackupContents {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Writes a backup beside its place, reads it back to its foot, and only then gives it its name: under that name there is a
 * whole and proven backup, or none. Only its owner may read it, for it holds every text and the hashes of keys.
 */
export async function writeBackup(file: string, now: () => Millis): Promise<WrittenBackup> {
  const place = path.resolve(file);
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  const unproven = `${place}.${process.pid}.tmp`;
  try {
    await pipeline(
      Readable.from(backupLines(now)),
      createGzip(),
      createWriteStream(unproven, { mode: 0o600 }),
    );
    await sync(unproven);
    const contents = await readBackup(unproven);
    await rename(unproven, place);
    await sync(path.dirname(place));
    return { ...contents, file: place, bytes: (await stat(place)).size };
  } finally {
    await rm(unproven, { force: true });
  }
}

/** A name that a crash of the machine can take back is no backup. */
async function sync(name: string): Promise<void> {
  const handle = await open(name, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
