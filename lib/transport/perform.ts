import { bulkMemories } from "@/lib/commands/bulk-memories";
import { cancelCycle } from "@/lib/commands/cycle/cancel-cycle";
import { calibration } from "@/lib/queries/calibration";
import { confidenceTrend } from "@/lib/queries/confidence-trend";
import { createKey, listKeys, revokeKey } from "@/lib/commands/keys";
import { createWorkspace, enterWorkspace, listWorkspaces, updateWorkspace } from "@/lib/commands/workspaces";
import {
  invitePerson,
  listPeople,
  removePerson,
  updatePerson,
  withdrawInvitation,
} from "@/lib/commands/people";
import { makePasswordReset } from "@/lib/commands/reset-password";
import { listAccessEvents } from "@/lib/queries/access-events";
import { createEntity, mergeEntities, updateEntity } from "@/lib/commands/edit-entity";
import { createMemory } from "@/lib/commands/create-memory";
import { createMany } from "@/lib/commands/create-many";
import { createRelation, deleteRelation, updateRelation } from "@/lib/commands/edit-relation";
import { deleteMemory } from "@/lib/commands/delete-memory";
import { describeSession, endAllSessions, endOneSession, listSessions } from "@/lib/commands/session";
import { decideProposals } from "@/lib/commands/cycle/decide-proposals";
import { getEntity, listEntities } from "@/lib/queries/entities";
import { getChange } from "@/lib/queries/change";
import { getCycle, listCycles } from "@/lib/queries/cycles";
import { getGraph } from "@/lib/queries/graph";
import { getMemory } from "@/lib/queries/memory";
import { getRetrieval, listRetrievals } from "@/lib/queries/retrievals";
import { keepEpochs } from "@/lib/commands/refresh-epoch";
import { learning } from "@/lib/queries/learning";
import { listChanges } from "@/lib/queries/timeline";
import { listMemories } from "@/lib/queries/list-memories";
import { listMerges } from "@/lib/queries/merges";
import { listOwners } from "@/lib/queries/owners";
import { listParameters } from "@/lib/queries/parameters";
import { listModels } from "@/lib/queries/models";
import { testModel } from "@/lib/commands/test-model";
import { listProposals } from "@/lib/queries/proposals";
import { memoryHistory } from "@/lib/queries/history";
import { mergeMemories } from "@/lib/commands/merge-memories";
import { overview } from "@/lib/queries/overview";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { listRevertJobs, startRevert } from "@/lib/commands/revert-job";
import { runCycle } from "@/lib/commands/cycle/run-cycle";
import { deleteTestQuestion, saveTestQuestion } from "@/lib/commands/test-questions";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { updateMany } from "@/lib/commands/update-many";
import { updateMemory } from "@/lib/commands/update-memory";
import { cost } from "@/lib/queries/cost";
import { explainResult } from "@/lib/queries/explain-result";
import { diagnosis } from "@/lib/queries/diagnosis";
import { listRequests } from "@/lib/queries/requests";
import { listSignals } from "@/lib/queries/signals";
import { listTestQuestions } from "@/lib/queries/test-questions";
import { metered } from "@/lib/store/cpu-meter";
import { timedRecall } from "./meter";
import { operations, type Operation } from "@/lib/contracts/operations";
import { readAsOf } from "@/lib/queries/state-at";
import { quality } from "@/lib/queries/quality";
import { safety } from "@/lib/queries/safety";
import { createBackup, listBackups } from "@/lib/commands/backup/backups";
import {
  createWebhook,
  deleteWebhook,
  redeliverWebhook,
  testWebhook,
  updateWebhook,
} from "@/lib/commands/webhooks/edit-webhooks";
import { listDeliveries, listWebhooks } from "@/lib/queries/webhooks";
import { verify } from "@/lib/queries/verify";
import type { Context } from "@/lib/commands/context";
import type { InputOf, OperationId } from "@/lib/contracts/operations";

type StreamId = "events" | "import.create" | "export.get" | "openapi";
export type JsonId = Exclude<OperationId, StreamId>;

type Performers = { readonly [Id in JsonId]: (ctx: Context, input: InputOf<Id>) => Promise<unknown> };

/** Which command or query carries each operation out. A row of the table without one here does not compile. */
const performers: Performers = {
  "memories.create": createMemory,
  "memories.createMany": createMany,
  "memories.updateMany": updateMany,
  "memories.list": listMemories,
  "memories.bulk": bulkMemories,
  "memories.get": getMemory,
  "memories.update": updateMemory,
  "memories.delete": deleteMemory,
  "memories.history": memoryHistory,
  "memories.confidence": confidenceTrend,
  "memories.purge": purgeMemory,
  "owners.list": listOwners,
  recall,
  "retrievals.list": listRetrievals,
  "retrievals.get": getRetrieval,
  "retrievals.explain": explainResult,
  "signals.create": recordSignal,
  "signals.list": listSignals,
  "testQuestions.list": listTestQuestions,
  "testQuestions.save": saveTestQuestion,
  "testQuestions.delete": deleteTestQuestion,
  "changes.list": listChanges,
  "changes.get": getChange,
  "reverts.create": (ctx, input) => revert(ctx, input),
  "reverts.start": startRevert,
  "reverts.list": (ctx) => Promise.resolve(listRevertJobs(ctx)),
  "merges.list": listMerges,
  "merges.create": mergeMemories,
  "cycles.run": runCycle,
  "cycles.list": listCycles,
  "cycles.get": getCycle,
  "cycles.cancel": cancelCycle,
  "proposals.decide": decideProposals,
  "proposals.list": listProposals,
  "graph.get": getGraph,
  "entities.list": listEntities,
  "entities.create": createEntity,
  "entities.get": getEntity,
  "entities.update": updateEntity,
  "entities.merge": mergeEntities,
  "relations.create": createRelation,
  "relations.update": updateRelation,
  "relations.delete": deleteRelation,
  "parameters.list": listParameters,
  "parameters.set": tuneParameter,
  "metrics.overview": overview,
  "metrics.learning": learning,
  "metrics.safety": safety,
  "metrics.quality": quality,
  "metrics.calibration": calibration,
  "metrics.diagnosis": diagnosis,
  "metrics.cost": cost,
  "backups.list": listBackups,
  "backups.create": createBackup,
  verify,
  "keys.list": listKeys,
  "keys.create": createKey,
  "keys.revoke": revokeKey,
  "webhooks.list": listWebhooks,
  "webhooks.create": createWebhook,
  "webhooks.update": updateWebhook,
  "webhooks.delete": deleteWebhook,
  "webhooks.test": testWebhook,
  "webhooks.deliveries": listDeliveries,
  "webhooks.redeliver": redeliverWebhook,
  "models.list": listModels,
  "models.test": testModel,
  "workspaces.list": listWorkspaces,
  "workspaces.create": createWorkspace,
  "workspaces.update": updateWorkspace,
  "workspaces.enter": enterWorkspace,
  "people.list": listPeople,
  "people.invite": invitePerson,
  "people.withdraw": withdrawInvitation,
  "people.update": updatePerson,
  "people.remove": removePerson,
  "people.resetPassword": makePasswordReset,
  "audit.list": listAccessEvents,
  "requests.list": listRequests,
  "sessions.get": describeSession,
  "sessions.list": listSessions,
  "sessions.end": endOneSession,
  "sessions.endAll": endAllSessions,
};

export const isJson = (id: OperationId): id is JsonId => id in performers;

/** Carries an operation out on an input that its contract has parsed. */
export function perform(id: JsonId, ctx: Context, input: Record<string, unknown>): Promise<unknown> {
  keepEpochs();
  // The input was parsed by this very operation's schemas; the table cannot carry that correlation through `id`.
  const run = performers[id] as (ctx: Context, input: unknown) => Promise<unknown>;
  const work = () => metered(id, () => inTime(id, ctx, { input, run }));
  return id === "recall" ? timedRecall(work) : work();
}

interface Run {
  readonly input: Readonly<Record<string, unknown>>;
  readonly run: (ctx: Context, input: unknown) => Promise<unknown>;
}

/** Reads the present, or the earlier state that the input asks for. One memory alone is folded without laying out a whole state. */
function inTime(id: JsonId, ctx: Context, { input, run }: Run): Promise<unknown> {
  const { past }: Operation = operations[id];
  const point = past === undefined || id === "memories.get" ? undefined : input[past];
  if (past === undefined || typeof point !== "string") return run(ctx, input);
  const { [past]: _, ...rest } = input;
  return readAsOf(ctx, point, (then) => run(then, rest));
}
