import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack, type Pack } from "tar-stream";
import { exportLedger } from "../export-ledger";
import { memoryPages } from "./memory-pages";
import type { Asker } from "../asker";
import type { MemoryOut } from "@/lib/contracts/memory";

const VERSION = "0.1";

/**
 * A COGX 0.1 archive (`.cogx.tar.gz`): a manifest, the memories as its `memory` records, and beside them `changes.jsonl`, the
 * whole ledger in our own form, which readers of COGX pass over and we can restore from. A tar says the size of each file
 * before the file, so each is written to a folder of this process alone first, which is gone when the export is.
 */
export async function* exportCogx(ctx: Asker): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(path.join(tmpdir(), "palimpsest-cogx-"));
  try {
    const memories = await spool(path.join(folder, "memories.jsonl"), memoryLines(ctx));
    await spool(path.join(folder, "changes.jsonl"), exportLedger(ctx));
    const manifest = {
      cogx_version: VERSION,
      source_system: "palimpsest",
      exported_at: new Date(ctx.now()).toISOString(),
      counts: { memory: memories },
      embedding_model: null,
      notes: [
        "changes.jsonl is the whole ledger of Palimpsest; restored there it is the same, digest by digest.",
      ],
    };
    await spool(path.join(folder, "manifest.json"), [JSON.stringify(manifest, null, 2)]);
    yield* packed(folder, ["manifest.json", "memories.jsonl", "changes.jsonl"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns how many lines were written. */
async function spool(file: string, lines: AsyncIterable<string> | Iterable<string>): Promise<number> {
  const out = createWriteStream(file, { mode: 0o600 });
  let count = 0;
  for await (const line of lines) {
    count += 1;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
  return count;
}

async function* packed(folder: string, names: readonly string[]): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const gzip = createGzip();
  const piped = pipeline(tar, gzip);
  const added = addAll(tar, { folder, names });
  // Both are awaited at the end; until then a failure reaches the reader through the stream.
  piped.catch(() => undefined);
  added.catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  yield* gzip as AsyncIterable<Uint8Array>; // a gzip stream gives bytes
  await Promise.all([piped, added]);
}

async function addAll(
  tar: Pack,
  { folder, names }: { readonly folder: string; readonly names: readonly string[] },
): Promise<void> {
  for (const name of names) {
    const file = path.join(folder, name);
    await pipeline(createReadStream(file), tar.entry({ name, size: (await stat(file)).size }));
  }
  tar.finalize();
}

async function* memoryLines(ctx: Asker): AsyncGenerator<string> {
  for await (const memories of memoryPages(ctx))
    for (const memory of memories) yield `${JSON.stringify(recordOf(memory))}\n`;
}

/** Fields of the format where it has one; what else we know stands in the metadata, under our own name. */
function recordOf(memory: MemoryOut): object {
  const { scope, source } = memory;
  const known = {
    kind: memory.kind,
    lifecycle: memory.lifecycle,
    confidence: memory.confidence,
    evidence: memory.evidence,
    validAt: memory.validAt,
    invalidAt: memory.invalidAt,
    source,
    mergedInto: memory.mergedInto,
    mergedFrom: memory.mergedFrom,
    supersededBy: memory.supersededBy,
    pinned: memory.pinned,
    quarantined: memory.quarantined,
  };
  return {
    kind: "memory",
    external_system: "palimpsest",
    external_id: memory.id,
    scope: {
      user_id: scope.userId,
      agent_id: scope.agentId,
      run_id: scope.runId,
      session_id: scope.sessionId,
    },
    created_at: memory.createdAt,
    updated_at: memory.updatedAt,
    metadata: { ...memory.metadata, palimpsest: known },
    content: memory.content,
    categories: memory.tags,
  };
}
