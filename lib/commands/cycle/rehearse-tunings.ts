import { breathe, type CycleRun } from "./cycle-run";
import { inWorkspace } from "@/lib/store/prisma";
import { isParameterName, type Parameters } from "@/lib/domain/parameters";
import { isTuning, type ProposalDraft, type TuningPayload } from "@/lib/domain/cycle/proposal";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { predictedOf, type Helped } from "./own-effects";
import { rank } from "@/lib/search/rank";
import { recentRetrievals, vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import type { MemoryId } from "@/lib/domain/ids";
import type { Predicted } from "@/lib/store/cycles";

/** Recent recalls that are asked again under other settings; each costs a search for each proposal, and one as it is. */
const ASKED = 40;
const NOTHING: ReadonlySet<string> = new Set();

/**
 * What each proposed setting would do to recent recalls by itself: they are asked again by the present index, with the settings
 * as they are and with these alone. Settings of the cycles themselves rank nothing and are not asked about.
 */
export async function rehearseTunings(
  run: CycleRun,
  drafts: readonly ProposalDraft[],
  helped: Helped,
): Promise<ReadonlyMap<ProposalDraft, Predicted>> {
  const tuned = drafts.flatMap((draft) =>
    isTuning(draft.kind) && valuesOf(draft).some(([name]) => ranks(name)) ? [draft] : [],
  );
  if (tuned.length === 0) return new Map();
  const live = await liveIndex(run.ctx.workspaceId);
  const { retrievals } = await inWorkspace(run.ctx.workspaceId, (tx) => recentRetrievals(tx, ASKED, "all"));
  const effects = new Map<ProposalDraft, Predicted>();
  const asIs = new Map<string, readonly MemoryId[]>();
  for (const retrieval of retrievals)
    asIs.set(retrieval.id, await asked(run, live, { retrieval, parameters: run.parameters }));
  for (const draft of tuned) {
    await breathe(run);
    const parameters = { ...run.parameters, ...Object.fromEntries(valuesOf(draft)) };
    const moves = [];
    for (const retrieval of retrievals) {
      const [before, after] = [
        asIs.get(retrieval.id) ?? [],
        await asked(run, live, { retrieval, parameters }),
      ];
      if (before.join() !== after.join()) moves.push({ retrieval, before, after });
    }
    effects.set(draft, predictedOf(moves, { helped, into: new Map(), ids: NOTHING }));
  }
  return effects;
}

const ranks = (name: string): boolean => !name.startsWith("cycle.");

function valuesOf({ payload }: ProposalDraft): [string, number][] {
  const { values } = payload as TuningPayload; // every tuning kind has this payload
  return values.flatMap(({ name, value }): [string, number][] =>
    isParameterName(name) ? [[name, value]] : [],
  );
}

async function asked(
  run: CycleRun,
  { index, epoch }: LiveIndex,
  { retrieval, parameters }: { readonly retrieval: LoggedRetrieval; readonly parameters: Parameters },
): Promise<MemoryId[]> {
  const vector = retrieval.vector === null ? null : vectorOf(retrieval.vector);
  const { query, scope, limit } = retrieval;
  const found = await rank(index, {
    query,
    vector: vector?.length === index.vectors.dimensions ? vector : null,
    scope,
    now: run.ctx.now(),
    asOf: null,
    parameters,
    epoch,
  });
  return found.slice(0, limit).map(({ id }) => id);
}
