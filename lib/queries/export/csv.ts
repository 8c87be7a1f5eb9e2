import { stringify } from "csv-stringify/sync";
import { memoryPages } from "./memory-pages";
import type { Asker } from "../asker";
import type { MemoryOut } from "@/lib/contracts/memory";

const COLUMNS = [
  "id",
  "content",
  "kind",
  "tags",
  "lifecycle",
  "confidence",
  "userId",
  "agentId",
  "runId",
  "sessionId",
  "speaker",
  "channel",
  "ref",
  "validAt",
  "invalidAt",
  "createdAt",
  "updatedAt",
  "metadata",
] as const;

/**
 * One row per memory. A cell that a spreadsheet would take for a formula begins with an apostrophe, so that a memory from a
 * stranger cannot reckon, link or call anything when the file is opened.
 */
export async function* exportCsv(ctx: Asker): AsyncGenerator<string> {
  yield write([COLUMNS], { bom: true });
  for await (const memories of memoryPages(ctx)) yield write(memories.map(rowOf), { bom: false });
}

const write = (rows: readonly (readonly unknown[])[], { bom }: { readonly bom: boolean }): string =>
  stringify(
    rows.map((row) => [...row]),
    { bom, escape_formulas: true, quoted_string: true, record_delimiter: "windows" },
  );

function rowOf(memory: MemoryOut): readonly unknown[] {
  const { scope, source, metadata } = memory;
  const cells: Record<(typeof COLUMNS)[number], unknown> = {
    ...memory,
    tags: memory.tags.join("; "),
    userId: scope.userId,
    agentId: scope.agentId,
    runId: scope.runId,
    sessionId: scope.sessionId,
    speaker: source.speaker,
    channel: source.channel,
    ref: source.ref,
    metadata: Object.keys(metadata).length === 0 ? "" : JSON.stringify(metadata),
  };
  return COLUMNS.map((column) => cells[column]);
}
