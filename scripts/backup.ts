/**
 * `npm run backup [-- file]`: everything that must come back after a lost disk, in one file, read back and proven before it
 * gets its name. Without a file it goes to the backups of the data folder. Runs beside the server or without it.
 */
import { makeBackup } from "@/lib/commands/backup/backup-folder";
import { writeBackup } from "@/lib/commands/backup/write-backup";
import { formatBytes } from "@/lib/format/bytes";
import { millis } from "@/lib/domain/ids";
import { withDatabase } from "./with-database";

const [file] = process.argv.slice(2);
const now = () => millis(Date.now());

await withDatabase(async () => {
  const {
    workspaces,
    rows,
    bytes,
    file: place,
  } = await (file === undefined ? makeBackup(now, { scheduled: false }) : writeBackup(file, now));
  console.table(
    workspaces.map(({ name, head }) => ({
      workspace: name,
      changes: head.seq,
      head: head.digest.slice(0, 16),
    })),
  );
  console.log(
    `Wrote ${place} (${formatBytes(bytes)}, ${rows} rows beside the ledgers), read it back, and every chain in it is whole.`,
  );
  console.log("It holds every text and the hashes of keys: keep it as you keep the store itself.");
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
