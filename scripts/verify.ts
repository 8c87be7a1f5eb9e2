/**
 * `npm run verify`: recomputes chain, fold and projection of every workspace, prints a table, and exits 1 when one
 * disagrees. `-- --file export.ndjson` does the same for an export, which has no projection, without any database.
 */
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";

import { linesOf } from "@/lib/commands/import/lines";
import { fold } from "@/lib/domain/ledger/fold";
import { brand, type WorkspaceId } from "@/lib/domain/ids";
import { foldDigest, verify } from "@/lib/queries/verify";
import { readExport } from "@/lib/store/read-export";
import { listWorkspaces } from "@/lib/store/workspaces";
import { withDatabase } from "./with-database";

const MOST_MISMATCHES_SHOWN = 10;

const { values } = parseArgs({ options: { file: { type: "string" } } });
const { file } = values;

await (
  file === undefined
    ? withDatabase(async () => setExitCode(await verifyAll()))
    : verifyFile(file).then(setExitCode)
).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

function setExitCode(agrees: boolean): void {
  process.exitCode = agrees ? 0 : 1;
}

/** Throws with the number of the line that does not fit. */
async function verifyFile(name: string): Promise<boolean> {
  const { head, changes } = await readExport(linesOf(createReadStream(name)));
  const state = fold(changes);
  console.table([
    {
      changes: changes.length,
      chain: "ok",
      fold: foldDigest(state).slice(0, 16),
      memories: state.memories.size,
      head: head.digest.slice(0, 16),
    },
  ]);
  console.log("The file is whole, and every change in it is as it was made.");
  return true;
}

async function verifyAll(): Promise<boolean> {
  const workspaces = await listWorkspaces();
  if (workspaces.length === 0) console.log("There is no workspace yet.");
  if (workspaces.length === 0) return true;
  const rows = [];
  for (const { id, name } of workspaces) {
    const start = performance.now();
    const found = await verify({ workspaceId: brand<WorkspaceId>(id) });
    rows.push({ id, name, found, seconds: (performance.now() - start) / 1000 });
  }
  console.table(
    rows.map(({ name, found, seconds }) => ({
      workspace: name,
      changes: found.chain.checked,
      chain: found.chain.ok ? "ok" : `broken at seq ${found.chain.firstBad}`,
      fold: found.fold.ok ? `${found.fold.targets} targets` : "impossible",
      projection: found.projection.ok ? "ok" : `${found.projection.mismatches.length} mismatches`,
      head: found.head.digest.slice(0, 16),
      seconds: Number(seconds.toFixed(1)),
    })),
  );
  for (const { id, found } of rows)
    for (const { target, register } of found.projection.mismatches.slice(0, MOST_MISMATCHES_SHOWN))
      console.error(`Workspace ${id}: ${register} of ${target} is not what its ledger says.`);
  const failing = rows.filter((row) => !row.found.ok);
  if (rows.length === 0) console.log("There is no workspace yet.");
  else
    console.log(
      failing.length === 0
        ? "Everything agrees."
        : `${failing.length} of ${rows.length} workspaces disagree with their ledger.`,
    );
  return failing.length === 0;
}
