/**
 * `npm run restore -- file`: puts a backup into an empty store. The whole file is checked first; a store with changes of its
 * own is refused. `-- --check file` checks and writes nothing, without any database.
 */
import { parseArgs } from "node:util";

import { readBackup, type BackupContents } from "@/lib/commands/backup/read-backup";
import { restoreBackup } from "@/lib/commands/backup/restore-backup";
import { withDatabase } from "./with-database";

const { values, positionals } = parseArgs({
  options: { check: { type: "boolean" } },
  allowPositionals: true,
});
const [file] = positionals;

function show({ workspaces, createdAt, rows }: BackupContents): void {
  console.table(
    workspaces.map(({ name, head }) => ({
      workspace: name,
      changes: head.seq,
      head: head.digest.slice(0, 16),
    })),
  );
  console.log(`Backup of ${createdAt}, ${rows} rows beside the ledgers.`);
}

async function run(): Promise<void> {
  if (file === undefined) throw new Error("Name the backup: npm run restore -- file");
  if (values.check) {
    show(await readBackup(file));
    console.log("The file is whole, and every chain in it fits.");
    return;
  }
  await withDatabase(async () => {
    const { unknownTables, ...contents } = await restoreBackup(file);
    show(contents);
    if (unknownTables.length > 0)
      console.log(`Left out, because this version does not know them: ${unknownTables.join(", ")}.`);
    console.log(
      "Restored, digest by digest. Vectors are worked out again by the first recalls; people sign in anew.",
    );
  });
}

await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
