import { createHash } from "node:crypto";
import { answerability } from "@/lib/domain/recall/answerability";
import { answerSigns } from "@/lib/search/answer-signs";
import { explain } from "./recall-explain";
import { explored } from "@/lib/search/explored";
import { explores } from "@/lib/domain/learning/explore";
import { calibrated } from "@/lib/domain/learning/calibration";
import { embedQuery } from "@/lib/models/embedder";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { iso } from "./memory-out";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { logRetrievalIn, type LoggedCandidate, type RetrievalRecord } from "@/lib/store/telemetry";
import { matchingIds } from "./matching-memories";
import { memoriesOut } from "./written";
import { movedBy } from "./moved-by";
import { newId } from "@/lib/store/new-id";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { publish } from "@/lib/store/feed";
import { PARAMETERS, isParameterName, type Parameters } from "@/lib/domain/parameters";
import { questionOf, rank, type Ranked, type Search } from "@/lib/search/rank";
import { Refusal } from "@/lib/domain/errors";
import { standpoint } from "@/lib/store/past/standpoint";
import { stemsOf } from "@/lib/search/tokenize";
import { timeOf } from "@/lib/domain/time";
import { brand, type MemoryId, type RetrievalId, type Seq } from "@/lib/domain/ids";
import type { Asker } from "./asker";
import type { Judge } from "./if-helpful";
import type { RecallIn } from "@/lib/contracts/recall";

const DEFAULT_LIMIT = 10;
/** Candidates whose parts are logged, for explanations and for the blast radius of later changes. */
const LOGGED = 50;
export const RECIPES = ["hybrid", "keyword", "vector"] as const;

export type RecallAsker = Asker & Judge & { readonly actor: string };

/** Finds the memories that help with a question. Leaves telemetry, and changes nothing that is ranked. */
export async function recall(ctx: RecallAsker, input: RecallIn) {
  const started = performance.now();
  const live = await liveIndex(ctx.workspaceId);
  const { search, degraded } = await searchOf(ctx, live, input);
  const id = input.dryRun || standpoint() !== null ? null : brand<RetrievalId>(newId());
  const isExploring = id !== null && input.deterministic !== true && explores(id, search.parameters);
  const usual = await rank(live.index, search);
  const ranked = isExploring
    ? explored(live.index, usual, { recall: id, search, pinned: await pinnedAmong(ctx, usual) })
    : usual;
  const answerable = rounded(answerability(answerSigns(live.index, search, ranked), search.parameters));
  const shown = ranked.slice(0, input.limit ?? DEFAULT_LIMIT);
  const found: Found = { live, seq: live.seq, search, ranked, shown, answerable };
  const answer = await inWorkspace(ctx.workspaceId, async (tx) => {
    const results = await resultsOf(tx, found, input);
    const tookMs = performance.now() - started;
    const seed = isExploring ? id : null;
    if (id !== null) await logRetrievalIn(tx, { ...recordOf(ctx, input, found), id, seed, tookMs });
    return {
      retrievalId: id,
      results,
      explored: isExploring,
      answerability: answerable,
      tookMs,
      epoch: live.epoch.id,
      seq: found.seq,
      degraded,
    };
  });
  if (id !== null) {
    const data = { retrievalId: id, at: iso(ctx.now()), shown: shown.length };
    publish(ctx.workspaceId, { type: "retrieval", data });
  }
  return input.explain
    ? { ...answer, explanation: await explain(ctx, { live, search, ranked, shown, target: input.target }) }
    : answer;
}

interface Found {
  readonly live: LiveIndex;
  /** Where the index stood when it was asked; it may have moved on since. */
  readonly seq: Seq;
  readonly search: Search;
  readonly ranked: readonly Ranked[];
  readonly shown: readonly Ranked[];
  readonly answerable: number;
}

async function resultsOf(tx: Tx, { search, shown }: Found, { explain: isExplained }: RecallIn) {
  const ids = shown.map((r) => r.id);
  const memories = await memoriesOut(tx, ids, { now: search.now, parameters: search.parameters });
  const moved = isExplained ? await movedBy(tx, ids) : null;
  return shown.flatMap((r, i) => {
    const memory = memories.get(r.id);
    if (memory === undefined) return [];
    const result = {
      rank: i + 1,
      score: r.score,
      memory,
      parts: r.parts,
      routes: [...r.routes],
      confidence: memory.confidence,
      expected: expectedOf(memory.confidence, search.parameters),
      ...(moved ? { movedBy: moved.get(r.id) ?? [] } : {}),
    };
    return [result];
  });
}

/** What is kept of a recall, so that what becomes of it can be credited and explained. */
const recordOf = (
  ctx: RecallAsker,
  input: RecallIn,
  { live, seq, search, ranked, shown, answerable }: Found,
): Omit<RetrievalRecord, "id" | "tookMs" | "seed"> => ({
  at: ctx.now(),
  query: input.query,
  queryKey: queryKeyOf(input.query),
  vector: search.vector,
  model: live.embedder?.model ?? null,
  scope: search.scope,
  asOf: search.asOf,
  limit: input.limit ?? DEFAULT_LIMIT,
  epoch: live.epoch.id,
  seq,
  shown: shown.map((r) => r.id),
  candidates: ranked.slice(0, LOGGED).map(toLogged),
  answerability: answerable,
  actor: ctx.actor,
});

/** Confidence on the curve that cycles have fitted; 1 and 0 leave it as it is. */
const expectedOf = (confidence: number, p: Parameters): number =>
  rounded(
    calibrated(confidence, {
      form: "platt",
      slope: p["learning.calibration.slope"],
      shift: p["learning.calibration.shift"],
    }),
  );

/** The index holds no pins, because no usual score reads them. */
async function pinnedAmong(ctx: Asker, ranked: readonly Ranked[]): Promise<ReadonlySet<MemoryId>> {
  const rows = await inWorkspace(
    ctx.workspaceId,
    (tx) => tx.$queryRaw<{ id: MemoryId }[]>`
    SELECT "id" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "pinned" AND "id" = ANY(${ranked.map((r) => r.id)}::uuid[])`,
  );
  return new Set(rows.map((row) => row.id));
}

/** The search that a recall's input means. Without an embedder the words alone have to do, and the answer says so. */
async function searchOf(
  ctx: Asker,
  live: LiveIndex,
  input: RecallIn,
): Promise<{ search: Search; degraded: string[] }> {
  const parameters = drafted(recipe(live.parameters, input.mode ?? "hybrid"), input.parameters ?? {});
  const [now, asOf] = [ctx.now(), input.asOf === undefined ? null : timeOf(input.asOf)];
  const question = questionOf({ query: input.query, epoch: live.epoch, asOf, now });
  const vector = await embedQuery(question.spoken, live.embedder ?? undefined).catch((error: unknown) => {
    console.warn(`Recall goes on without vectors: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  });
  const where = input.filter?.where;
  const only =
    where === undefined
      ? undefined
      : await inWorkspace(ctx.workspaceId, (tx) => matchingIds(tx, { filter: where, now }));
  const usable = vector !== null && vector.length === live.index.vectors.dimensions ? vector : null;
  const { userId, agentId, runId, sessionId } = input.scope ?? {};
  const search: Search = {
    query: input.query,
    vector: usable,
    scope: {
      ...(userId === undefined ? {} : { userId }),
      ...(agentId === undefined ? {} : { agentId }),
      ...(runId === undefined ? {} : { runId }),
      ...(sessionId === undefined ? {} : { sessionId }),
    },
    kinds: input.filter?.kinds,
    tags: input.filter?.tags,
    speaker: input.filter?.speaker,
    only,
    ended: input.filter?.ended,
    now,
    asOf,
    parameters,
    epoch: live.epoch,
  };
  return {
    search,
    degraded:
      usable === null
        ? ["vector"]
        : live.waiting.size > 0
          ? [`vector: ${live.waiting.size} memories still to be embedded`]
          : [],
  };
}

/** Named variants are data: a recipe switches parts off. */
function recipe(parameters: Parameters, mode: string): Parameters {
  switch (mode) {
    case "hybrid":
      return parameters;
    case "keyword":
      return { ...parameters, "recall.weight.similarity": 0, "recall.weight.passage": 0 };
    case "vector":
      return { ...parameters, "recall.weight.keyword": 0, "recall.weight.phrase": 0 };
    default:
      throw new Refusal("invalid_input", `There is no recall mode ${JSON.stringify(mode)}.`, {
        fields: [{ path: "mode", message: `give one of ${RECIPES.join(", ")}` }],
      });
  }
}

/** A setting to try out, in the same ranges as a tuned one. Nothing to try is the setting itself: what is settled for it is kept. */
function drafted(parameters: Parameters, draft: Readonly<Record<string, number>>): Parameters {
  const tried = Object.entries(draft);
  if (tried.length === 0) return parameters;
  for (const [name, value] of tried) {
    const known = isParameterName(name) ? PARAMETERS[name] : null;
    if (known && value >= known.min && value <= known.max) continue;
    throw new Refusal(
      "invalid_input",
      known
        ? `${name} takes ${known.min} to ${known.max}.`
        : `There is no parameter ${JSON.stringify(name)}.`,
      {
        fields: [
          {
            path: `parameters.${name}`,
            message: known ? `give ${known.min} to ${known.max}` : "is unknown; see GET /parameters",
          },
        ],
      },
    );
  }
  return { ...parameters, ...draft };
}

/** The kind of question, for baselines: the same words in any order and form are the same kind. */
export function queryKeyOf(query: string): string {
  return createHash("sha256")
    .update([...new Set(stemsOf(query))].sort().join(" "))
    .digest("hex")
    .slice(0, KEY_LENGTH);
}
const KEY_LENGTH = 32;

const toLogged = (r: Ranked): LoggedCandidate => ({
  m: r.id,
  s: rounded(r.score),
  p: PART_NAMES.map((name) => rounded(r.parts[name])),
  ...(r.draw ? { e: r.draw.map(rounded) } : {}),
});

/** Six decimals tell any two scores apart that a person would. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
