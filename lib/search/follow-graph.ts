import { bondRows } from "@/lib/store/bond-rows";
import { edgeEdit, entityEdit } from "@/lib/domain/graph/edits";
import { graphEditRows } from "@/lib/store/graph-edit-rows";
import { brand, type MemoryId, type Seq, type WorkspaceId } from "@/lib/domain/ids";
import { chunks } from "@/lib/store/chunks";
import { derive } from "@/lib/domain/graph/derive";
import { getExtractor } from "@/lib/models/extractor";
import { publish } from "@/lib/store/feed";
import { standpoint } from "@/lib/store/past/standpoint";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  storedExtractions,
  storeExtractions,
  type Read,
  type StoredExtraction,
} from "@/lib/store/extractions";
import { createWriteBehind } from "./write-behind";
import { groupBy } from "@/lib/domain/group-by";
import type { Extraction } from "@/lib/domain/graph/extraction";
import type { WorkspaceIndex } from "./workspace-index";

/** A memory whose text may hold names that the index does not know yet. */
export interface ToRead {
  readonly id: MemoryId;
  readonly content: string;
  readonly textHash: string;
}

/** So few texts, less than a tenth of a second's work for the rules, are read before the recall answers. */
const READ_AT_ONCE = 200;
/** Texts between two looks at what else waits; also a step of progress. */
const BATCH = 64;
const PATIENCE_MS = 60_000;
/** So few texts are read by the rules before the database has said whether they were read before. */
const QUICKER_READ = 4;
const NONE_STORED: ReadonlyMap<string, StoredExtraction> = new Map();

/** What the rules read costs less to read again than a transaction; what a model read is kept before anything else. */
const later = createWriteBehind<Read & { readonly version: string }>(async (workspaceId, read) => {
  for (const [version, items] of groupBy(read, (item) => item.version))
    await storeExtractions(workspaceId, version, items);
});

interface Reading {
  readonly waiting: Map<MemoryId, ToRead>;
  running: Promise<void> | null;
}

/** What waits to be read goes with its index. */
const readings = new WeakMap<WorkspaceIndex, Reading>();

/** Takes in the names of the texts that moved: as they were read before, or read now, or beside the work when they are many. */
export async function followGraph(
  workspaceId: WorkspaceId,
  index: WorkspaceIndex,
  moved: readonly ToRead[],
): Promise<void> {
  const reading = readingOf(index);
  const unread = moved.filter(({ id, textHash }) => {
    reading.waiting.delete(id);
    const memory = index.find(id);
    return memory !== undefined && !index.graph.isCurrent(memory.key, textHash);
  });
  if (unread.length === 0) return;
  const extractor = getExtractor();
  const stored =
    extractor.isInstant && unread.length <= QUICKER_READ
      ? NONE_STORED
      : await storedExtractions(
          workspaceId,
          extractor.version,
          unread.map(({ textHash }) => textHash),
        );
  for (const one of unread) {
    const known = stored.get(one.textHash);
    if (known) place(index, one, { ...known, isOld: !known.isCurrent });
    if (known?.isCurrent !== true) reading.waiting.set(one.id, one);
  }
  const started = readWaiting(workspaceId, index);
  if (extractor.isInstant && reading.waiting.size <= READ_AT_ONCE) await started;
}

/** Takes in what outcomes taught about memories used together. */
export async function followBonds(
  workspaceId: WorkspaceId,
  index: WorkspaceIndex,
  range: { readonly after: Seq; readonly upTo: Seq },
): Promise<void> {
  for (const { fromId, toId, exists, evidence } of await bondRows(workspaceId, range))
    index.graph.bond(brand<MemoryId>(fromId), brand<MemoryId>(toId), exists ? evidence : null);
}

/** Takes in what people say of the names. */
export async function followEdits(
  workspaceId: WorkspaceId,
  index: WorkspaceIndex,
  range: { readonly after: Seq; readonly upTo: Seq },
): Promise<void> {
  for (const row of await graphEditRows(workspaceId, range)) {
    if (row.targetType === "entity") index.graph.edits.setEntity(row.id, entityEdit(row.registers));
    else index.graph.edits.setEdge(row.id, edgeEdit(row.registers));
  }
}

/** Texts that wait to be read for names. */
export const leftToRead = (index: WorkspaceIndex): number => readings.get(index)?.waiting.size ?? 0;

/** Waits until every text is read and what was read is stored, as far as the extractor answers; for programs that measure. */
export async function allRead(index: WorkspaceIndex): Promise<void> {
  await readings.get(index)?.running;
  await later.written();
}

function readingOf(index: WorkspaceIndex): Reading {
  const reading = readings.get(index) ?? { waiting: new Map<MemoryId, ToRead>(), running: null };
  readings.set(index, reading);
  return reading;
}

function readWaiting(workspaceId: WorkspaceId, index: WorkspaceIndex): Promise<void> {
  const reading = readingOf(index);
  reading.running ??= readAll(workspaceId, index, reading.waiting)
    .catch((error: unknown) => {
      // Without names the other routes have to do.
      console.warn(`Reading names has to wait: ${error instanceof Error ? error.message : String(error)}`);
      setTimeout(() => void readWaiting(workspaceId, index), PATIENCE_MS).unref();
    })
    .finally(() => {
      reading.running = null;
    });
  return reading.running;
}

async function readAll(
  workspaceId: WorkspaceId,
  index: WorkspaceIndex,
  waiting: Map<MemoryId, ToRead>,
): Promise<void> {
  const extractor = getExtractor();
  let done = 0;
  while (waiting.size > 0) {
    const total = done + waiting.size;
    for (const part of chunks([...waiting.values()], BATCH)) {
      const extractions = await extractor.extract(part.map(({ content }) => content));
      const read: Read[] = [];
      for (const [i, one] of part.entries()) {
        const extraction = extractions[i];
        if (extraction === undefined) continue;
        read.push({ textHash: one.textHash, extraction, of: one.id });
        // The memory may have been edited while its text was read; then another text waits under its id.
        if (waiting.get(one.id)?.textHash === one.textHash) waiting.delete(one.id);
        place(index, one, { extraction, isOld: false });
      }
      const { version } = extractor;
      if (extractor.isInstant)
        later.add(
          workspaceId,
          read.map((one) => ({ ...one, version })),
        );
      else if (standpoint() === null) await storeExtractions(workspaceId, extractor.version, read);
      done += part.length;
      if (total > READ_AT_ONCE || !extractor.isInstant)
        publish(workspaceId, { type: "progress", data: { job: "entities", done, total } });
      await nextTurn();
    }
  }
}

function place(
  index: WorkspaceIndex,
  { id, content, textHash }: ToRead,
  { extraction, isOld }: { readonly extraction: Extraction; readonly isOld: boolean },
): void {
  const memory = index.find(id);
  if (memory?.textHash === textHash)
    index.graph.set(memory.key, derive(content, extraction), { textHash, isOld });
}
