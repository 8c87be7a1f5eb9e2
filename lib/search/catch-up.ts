import { parametersFrom } from "@/lib/domain/parameters";
import { followBonds, followEdits, followGraph } from "./follow-graph";
import { followCues, followSpeakers, type Followed } from "./follow-cues";
import { FIRST_EPOCH, type Epoch } from "@/lib/domain/recall/epoch";
import { giveMemoryBack } from "./give-back";
import { headSeq, indexRows, tunedParameters } from "@/lib/store/index-rows";
import { loadEpoch } from "@/lib/store/epochs";
import { memoryId, type WorkspaceId } from "@/lib/domain/ids";
import { movedRow } from "./moved-memory";
import { peopleKey } from "@/lib/domain/learning/question-nearness";
import { place, type HeldIndex } from "./held-index";

/** Parameter that names the epoch in force; its value is the id of stored statistics. */
export const EPOCH_PARAMETER = "epoch.current";

/** Changes that leave so much behind that the pause for clearing up is worth it. */
const LARGE_LOAD = 20_000;

/** Reads into the index whatever moved since the point that it has seen; all there is, if it has seen nothing yet. */
export async function catchUp(workspaceId: WorkspaceId, held: HeldIndex): Promise<void> {
  const head = await headSeq(workspaceId);
  if (head === held.seq) return;
  const model = held.embedder?.model ?? null;
  const tuned = await tunedParameters(workspaceId);
  const epoch = await epochOf(workspaceId, held, String(tuned.get(EPOCH_PARAMETER) ?? FIRST_EPOCH.id));
  const followed = followedBy(workspaceId, held, epoch);
  if (peopleKey(epoch.speakers) !== peopleKey(held.epoch.speakers)) await followSpeakers(followed);
  for await (const rows of indexRows(workspaceId, { after: held.seq, upTo: head, model })) {
    const moved = rows.map(movedRow);
    for (const memory of moved) await place(held, memory);
    await followGraph(workspaceId, held.index, moved);
    await followCues(
      followed,
      rows.map((row) => memoryId(row.id)),
    );
  }
  await followBonds(workspaceId, held.index, { after: held.seq, upTo: head });
  await followEdits(workspaceId, held.index, { after: held.seq, upTo: head });
  held.parameters = parametersFrom(tuned);
  held.epoch = epoch;
  if (head - held.seq >= LARGE_LOAD) giveMemoryBack();
  held.seq = head;
}

async function epochOf(workspaceId: WorkspaceId, held: HeldIndex, id: string): Promise<Epoch> {
  if (id === held.epoch.id) return held.epoch;
  return id === FIRST_EPOCH.id ? FIRST_EPOCH : loadEpoch(workspaceId, id);
}

/** What the cues of an index are read for: its model, and the people of an epoch. */
export const followedBy = (
  workspaceId: WorkspaceId,
  { index, embedder }: HeldIndex,
  { speakers }: Epoch,
): Followed => ({ workspaceId, index, model: embedder?.model ?? "", speakers });
