import { direct, inWorkspace } from "./prisma";
import { seqOf, type Seq, type WorkspaceId } from "@/lib/domain/ids";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { ParameterValue } from "@/lib/domain/ledger/change";

/** A memory as the search index takes it in, with its vector if there is one. */
export interface IndexRow {
  readonly id: string;
  readonly seq: bigint;
  readonly exists: boolean;
  readonly erased: boolean;
  readonly content: string;
  readonly textHash: Uint8Array;
  readonly kind: string;
  readonly tags: string[];
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly runId: string | null;
  readonly sessionId: string | null;
  readonly speaker: string | null;
  readonly lifecycle: string;
  readonly quarantined: boolean;
  readonly mergedInto: string | null;
  readonly supersededBy: string | null;
  readonly validAt: Date;
  readonly invalidAt: Date | null;
  readonly createdAt: Date;
  readonly evidence: EvidenceSums;
  readonly vector: Uint8Array | null;
  readonly passages: Uint8Array | null;
}

/** A page of vectors is megabytes of text on the wire; what is read at once stays in the process's memory for good. */
const PAGE = 500;

/**
 * Memories that moved after one seq and up to another, in pages, oldest move first. The limit on the vectors of a text, of
 * which there is one at most, keeps the planner from joining all vectors of the store to each page.
 */
export async function* indexRows(workspaceId: WorkspaceId, range: Range): AsyncGenerator<IndexRow[]> {
  let coming = page(workspaceId, range, { seq: BigInt(range.after), id: LAST_ID });
  for (;;) {
    const rows = await coming;
    const last = rows.at(-1);
    const isLast = rows.length < PAGE || !last;
    // The database reads the next page while this one is taken in.
    if (!isLast) coming = page(workspaceId, range, last);
    coming.catch(() => undefined);
    if (rows.length > 0) yield rows;
    if (isLast) return;
  }
}

/** The memories that moved after a seq. */
export async function movedSince(workspaceId: WorkspaceId, after: Seq): Promise<ReadonlySet<string>> {
  const rows = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Memory" WHERE "workspaceId" = ${workspaceId}::uuid AND "seq" > ${after}`,
  );
  return new Set(rows.map(({ id }) => id));
}

interface Range {
  readonly after: Seq;
  readonly upTo: Seq;
  readonly model: string | null;
}

const page = (
  workspaceId: WorkspaceId,
  range: Range,
  { seq, id }: Pick<IndexRow, "seq" | "id">,
): Promise<IndexRow[]> =>
  inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<IndexRow[]>`
    SELECT m."id", m."seq", m."exists", m."erased", m."content", h."textHash", m."kind", m."tags", m."userId", m."agentId", m."runId", m."sessionId", m."speaker",
      m."lifecycle", m."quarantined", m."mergedInto", m."supersededBy", m."validAt", m."invalidAt", m."createdAt", m."evidence", e."vector", e."passages"
    FROM (SELECT * FROM "Memory" m WHERE m."workspaceId" = ${workspaceId}::uuid AND (m."seq", m."id") > (${seq}, ${id}::uuid) AND m."seq" <= ${range.upTo}
      ORDER BY m."seq", m."id" LIMIT ${PAGE}) m
    CROSS JOIN LATERAL (SELECT sha256(convert_to(m."content", 'UTF8')) AS "textHash") h
    LEFT JOIN LATERAL (SELECT "vector", "passages" FROM "Embedding" e
      WHERE e."workspaceId" = ${workspaceId}::uuid AND e."model" = ${range.model ?? ""} AND e."textHash" = h."textHash" LIMIT 1) e ON true
    ORDER BY m."seq", m."id"`,
  );

/** No id comes after it, so a page begins with the next seq. */
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The head of the ledger; asked before every recall, so it is one round trip and no transaction. */
export async function headSeq(workspaceId: WorkspaceId): Promise<Seq> {
  const [row] = await direct().$queryRaw<
    { headSeq: bigint }[]
  >`SELECT "headSeq" FROM "Workspace" WHERE "id" = ${workspaceId}::uuid`;
  return seqOf(Number(row?.headSeq ?? 0));
}

/** Every parameter that was tuned, with the value in force. */
export const tunedParameters = (workspaceId: WorkspaceId): Promise<ReadonlyMap<string, ParameterValue>> =>
  inWorkspace(workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<{ parameters: Record<string, { value: ParameterValue }> | null }[]>`
      SELECT "registers"->'parameters' AS "parameters" FROM "WorkspaceState" WHERE "workspaceId" = ${workspaceId}::uuid`;
    return new Map(Object.entries(row?.parameters ?? {}).map(([name, write]) => [name, write.value]));
  });
