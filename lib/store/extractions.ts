import { chunks } from "./chunks";
import { inWorkspace } from "./prisma";
import { keepErasuresOut } from "./erase";
import { ENTITY_TYPES, type Extraction } from "@/lib/domain/graph/extraction";
import type { MemoryId, WorkspaceId } from "@/lib/domain/ids";

/** An extraction as it is kept: numbers only, but for what a relation says. */
interface Reading {
  readonly m: readonly (readonly [start: number, end: number, type: number])[];
  readonly r: readonly (readonly [from: number, to: number, type: string])[];
}

export interface StoredExtraction {
  readonly extraction: Extraction;
  /** By the extractor asked for; otherwise an earlier one read it, which serves until it is read again. */
  readonly isCurrent: boolean;
}

/** What was read in texts, by the hash of the text in base64. */
export async function storedExtractions(
  workspaceId: WorkspaceId,
  extractor: string,
  hashes: readonly string[],
): Promise<Map<string, StoredExtraction>> {
  const found = new Map<string, StoredExtraction>();
  for (const part of chunks(hashes)) {
    const wanted = part.map((hash) => Buffer.from(hash, "base64"));
    const rows = await inWorkspace(
      workspaceId,
      (tx) => tx.$queryRaw<{ textHash: Uint8Array; reading: Reading; isCurrent: boolean }[]>`
        SELECT DISTINCT ON ("textHash") "textHash", "reading", "extractor" = ${extractor} AS "isCurrent" FROM "Extraction"
        WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "textHash" = ANY(${wanted}::bytea[])
        ORDER BY "textHash", "extractor" = ${extractor} DESC, "extractor"`,
    );
    for (const { textHash, reading, isCurrent } of rows)
      found.set(Buffer.from(textHash).toString("base64"), { extraction: extractionOf(reading), isCurrent });
  }
  return found;
}

export interface Read {
  /** In base64. */
  readonly textHash: string;
  readonly extraction: Extraction;
  /** A memory with this text: once that is erased, nothing of it may be kept any more. */
  readonly of: MemoryId;
}

/** Keeps what was read in texts under their hashes, in the place of what another extractor read there. */
export async function storeExtractions(
  workspaceId: WorkspaceId,
  extractor: string,
  read: readonly Read[],
): Promise<void> {
  const hashes = read.map(({ textHash }) => Buffer.from(textHash, "base64"));
  const readings = read.map(({ extraction }) => JSON.stringify(readingOf(extraction)));
  const memories = read.map(({ of }) => of);
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SET LOCAL synchronous_commit = off`; // A lost extraction is read again.
    await keepErasuresOut(tx);
    await tx.$executeRaw`
      DELETE FROM "Extraction" WHERE "workspaceId" = ${workspaceId}::uuid AND "textHash" = ANY(${hashes}::bytea[]) AND "extractor" <> ${extractor}`;
    await tx.$executeRaw`
      INSERT INTO "Extraction" ("workspaceId", "extractor", "textHash", "reading")
      SELECT DISTINCT ON (t.hash) ${workspaceId}::uuid, ${extractor}, t.hash, t.reading::jsonb
      FROM unnest(${hashes}::bytea[], ${readings}::text[], ${memories}::uuid[]) AS t(hash, reading, memory)
      WHERE NOT EXISTS (SELECT FROM "Memory" m WHERE m."workspaceId" = ${workspaceId}::uuid AND m."id" = t.memory AND m."erased")
      ON CONFLICT ("workspaceId", "extractor", "textHash") DO UPDATE SET "reading" = excluded."reading"`;
  });
}

const readingOf = ({ mentions, relations }: Extraction): Reading => ({
  m: mentions.map(({ start, end, type }) => [start, end, ENTITY_TYPES.indexOf(type)]),
  r: relations.map(({ from, to, type }) => [from, to, type]),
});

const extractionOf = ({ m, r }: Reading): Extraction => ({
  mentions: m.map(([start, end, type]) => ({ start, end, type: ENTITY_TYPES[type] ?? "other" })),
  relations: r.map(([from, to, type]) => ({ from, to, type })),
});
