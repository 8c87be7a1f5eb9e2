import {
  agreementOf,
  agreementWithin,
  type AgreementPart,
  type ReportedMemory,
} from "@/lib/domain/learning/agreement";
import { chunks } from "@/lib/store/chunks";
import { cueRowsIn, questionVectorsIn, type CueRow } from "@/lib/store/cue-rows";
import { groupBy } from "@/lib/domain/group-by";
import { learnUnsureStep, unsureStepNow } from "@/lib/domain/cycle/unsure-step";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { APART, questionNearness, type AskedOf } from "@/lib/domain/learning/question-nearness";
import { memoryId, type MemoryId } from "@/lib/domain/ids";
import { PARAMETERS } from "@/lib/domain/parameters";
import { questionsOf, withPeople, type CueRowOfPeople } from "@/lib/search/follow-cues";
import { pause } from "./near-memories";
import { trustOf } from "@/lib/domain/memory/confidence";
import { tuningDraft } from "./tuning-draft";
import type { Proposer, ProposerView } from "./proposer";

/** Reports of use that are read, the newest; the bench reads as many. */
const MOST = 2000;
const NAME = "learning.cue.step";

/**
 * How far evidence that is not sure yet may move a memory: further where reports of use have turned out to agree with one another,
 * because then few of them say much. Strangers are left out, who could agree on anything.
 */
export const proposeUnsureStep: Proposer = async (view) => {
  const { parameters } = view;
  const live = await liveIndex(view.workspaceId);
  const said: AgreementPart[] = [];
  for (const [i, memory] of (await reportedUses(view, live)).entries()) {
    said.push(agreementWithin(memory, parameters));
    await pause(view, i, 1);
  }
  const agreement = agreementOf(said);
  const found = learnUnsureStep(agreement, unsureStepNow(parameters, PARAMETERS[NAME].default));
  if (found === null) return [];
  const before = parameters[NAME];
  const goes = found.value > before ? "further" : "less far";
  return [
    tuningDraft({
      kind: "threshold",
      values: [{ name: NAME, before, value: found.value }],
      gate: found.gate,
      title: `Let evidence that is not sure yet move memories ${goes}: ${found.value.toFixed(2)} instead of ${before.toFixed(2)}`,
      why: `By how far the newest reports of what answers used say the same of the same memory near the same question: ${(agreement?.mean ?? 0).toFixed(3)}, where 0 is chance.`,
    }),
  ];
};

/** What live reports of use said of each memory that can be found, whoever but a stranger made them. */
async function reportedUses(view: ProposerView, live: LiveIndex): Promise<ReportedMemory[]> {
  const model = live.embedder?.model;
  const reported = model === undefined ? [] : await reports(view);
  const recalls = new Set(reported.map(({ id }) => id));
  const ids = [...new Set(reported.flatMap(({ shown }) => shown))].filter((id) => live.index.find(id));
  if (model === undefined || ids.length === 0) return [];
  const read: CueRow[] = [];
  for (const part of chunks(ids)) {
    read.push(...(await cueRowsIn(view.tx, { workspaceId: view.workspaceId, ids: part, model })));
    await view.breathe();
  }
  const rows = withPeople(
    read.filter((row) => recalls.has(row.retrievalId) && trustOf(row.source) !== "low"),
    live.epoch.speakers,
  );
  const vectors = await questionVectorsIn(view.tx, view.workspaceId, [
    ...new Set(rows.map((row) => row.retrievalId)),
  ]);
  const asked = questionsOf(rows, vectors, live.index.vectors.dimensions);
  return [...groupBy(rows, (row) => row.memoryId).values()].map((own) => memoryOf(own, asked));
}

function memoryOf(rows: readonly CueRowOfPeople[], asked: ReadonlyMap<string, AskedOf>): ReportedMemory {
  const names = [...new Set(rows.map((row) => row.question))];
  const place = new Map(names.map((name, i) => [name, i]));
  const questions = names.map((name) => asked.get(name));
  return {
    uses: rows.map((row) => ({
      question: place.get(row.question) ?? 0,
      recall: row.retrievalId,
      weight: row.weight,
    })),
    nearness: (a, b) => {
      const [one, other] = [questions[a], questions[b]];
      return one && other ? questionNearness(one, other) : APART;
    },
  };
}

/** Judged recalls with nothing but a report of use: a verdict beside it would speak of the same recall. */
async function reports({ tx }: ProposerView): Promise<{ id: string; shown: MemoryId[] }[]> {
  const rows = await tx.$queryRaw<{ id: string; shown: string[] }[]>`
    SELECT DISTINCT r."id", r."shown" FROM (
      SELECT "retrievalId" FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "retrievalId" IS NOT NULL AND "raw" ? 'used'
      ORDER BY "recordedAt" DESC LIMIT ${MOST}) s
    JOIN "Retrieval" r ON r."workspaceId" = current_setting('app.workspace')::uuid AND r."id" = s."retrievalId"
    WHERE NOT EXISTS (SELECT 1 FROM "Signal" v WHERE v."workspaceId" = r."workspaceId" AND v."retrievalId" = r."id" AND v."raw" ? 'memories')`;
  return rows.map(({ id, shown }) => ({ id, shown: shown.map(memoryId) }));
}
