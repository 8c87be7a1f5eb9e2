import { catchUp } from "./catch-up";
import { EMBED_AT_ONCE, embedWaiting } from "./embed-waiting";
import { embedForModel, servingEmbedder } from "./move-to-model";
import { followAppend } from "./follow-append";
import { getEmbedder, type Embedder } from "@/lib/models/embedder";
import { headSeq } from "@/lib/store/index-rows";
import { heldIndex, inTurn, type HeldIndex, type LiveIndex } from "./held-index";
import { indexes, openIndexes, replaceIndex } from "./indexes";
import { publish } from "@/lib/store/feed";
import { standpoint } from "@/lib/store/past/standpoint";
import { vectorsStored } from "./embeddings";
import type { WorkspaceId } from "@/lib/domain/ids";

/** The workspace's index, brought up to the head of its ledger as other processes may have moved it. */
export async function liveIndex(workspaceId: WorkspaceId): Promise<LiveIndex> {
  const held = await open(workspaceId);
  await takeIn(workspaceId, held);
  if ((await headSeq(workspaceId)) !== held.seq) await inTurn(held, () => catchUp(workspaceId, held));
  if (held.waiting.size > 0) await embedWaiting(workspaceId, held);
  return held;
}

/** The index if this process has one, as it is; for previews, which run while the ledger is locked and must not wait for it. */
export async function openIndex(workspaceId: WorkspaceId): Promise<LiveIndex | null> {
  return (await indexes()?.get(workspaceId)) ?? null;
}

/** What `read` finds in the index at rest, up to the head of the ledger or later; the index moves on when it has ended. */
export async function readAtRest<T>(
  workspaceId: WorkspaceId,
  read: (live: LiveIndex) => Promise<T>,
): Promise<T> {
  const held = await open(workspaceId);
  await liveIndex(workspaceId);
  return inTurn(held, () => read(held));
}

/** Texts that are being embedded, when it is more than a moment's work; of the index that this process has, if it has one. */
export async function leftToEmbed(workspaceId: WorkspaceId): Promise<number> {
  const live = await openIndex(workspaceId);
  const left = (live?.waiting.size ?? 0) + (live?.moving ?? 0);
  return left > EMBED_AT_ONCE ? left : 0;
}

/** Whose vectors a workspace is searched by at the moment; null without any model. */
export async function modelOf(workspaceId: WorkspaceId): Promise<string | null> {
  const live = await openIndex(workspaceId);
  const embedder = live === null ? await getEmbedder().catch(() => null) : live.embedder;
  return embedder?.model ?? null;
}

/** Waits until every memory has its vector, and the store too, as far as there is a model; for programs that measure or demonstrate. */
export async function allEmbedded(workspaceId: WorkspaceId): Promise<void> {
  const held = await open(workspaceId);
  await liveIndex(workspaceId);
  await held.embedding;
  await vectorsStored();
}

function open(workspaceId: WorkspaceId): Promise<HeldIndex> {
  const own = openIndexes();
  const known = own.get(workspaceId);
  if (known) return known;
  const opening = create(workspaceId);
  own.set(workspaceId, opening);
  opening.catch(() => own.delete(workspaceId));
  return opening;
}

async function create(workspaceId: WorkspaceId): Promise<HeldIndex> {
  const configured = await getEmbedder().catch(() => null);
  const serving = configured === null ? null : await servingEmbedder(workspaceId, configured);
  const held = heldIndex(serving, (own) => followTrail(workspaceId, own));
  if (configured !== null && serving !== configured && standpoint() === null)
    void moveTo(workspaceId, held, configured);
  return held;
}

function followTrail(workspaceId: WorkspaceId, held: HeldIndex): void {
  takeIn(workspaceId, held)
    .then(() => (held.waiting.size > 0 ? embedWaiting(workspaceId, held) : undefined))
    .catch((error: unknown) => console.error(`The search index could not follow: ${String(error)}`));
}

function takeIn(workspaceId: WorkspaceId, held: HeldIndex): Promise<void> {
  return inTurn(held, async () => {
    for (const done of held.trail.take())
      if (done.head > held.seq) await followAppend(workspaceId, held, done);
  });
}

/** A search that has begun ends within this; an endpoint that does not answer is asked again after it. */
const PATIENCE_MS = 60_000;

/** Embeds everything for another model beside the one that serves, and lets it take over when all is there. */
async function moveTo(workspaceId: WorkspaceId, held: HeldIndex, embedder: Embedder): Promise<void> {
  try {
    await inTurn(held, () => catchUp(workspaceId, held));
    await embedForModel(workspaceId, embedder, {
      speakers: held.epoch.speakers,
      onProgress: (done, total) => {
        held.moving = total - done;
        publish(workspaceId, { type: "progress", data: { job: "embedding", done, total } });
      },
    });
    const next = heldIndex(embedder, (own) => followTrail(workspaceId, own));
    await inTurn(next, () => catchUp(workspaceId, next));
    replaceIndex(workspaceId, next);
    setTimeout(() => held.index.dispose(), PATIENCE_MS).unref();
  } catch (error) {
    console.warn(
      `The vectors of ${embedder.model} have to wait: ${error instanceof Error ? error.message : String(error)}`,
    );
    setTimeout(() => void moveTo(workspaceId, held, embedder), PATIENCE_MS).unref();
  }
}
