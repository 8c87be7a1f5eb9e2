import { z } from "zod";
import * as access from "./access";
import * as changes from "./change";
import * as cycles from "./cycle";
import * as graph from "./graph";
import * as memories from "./memory";
import * as merges from "./merge";
import * as metrics from "./metrics";
import * as models from "./model";
import * as parameters from "./parameter";
import * as people from "./people";
import * as recalls from "./recall";
import * as requests from "./request";
import * as signals from "./signal";
import * as tests from "./test-question";
import * as transfer from "./transfer";
import * as webhooks from "./webhook";
import { addresses, type Address } from "./addresses";
import { id, pointOfLedger } from "./common";
import type { AccessScope } from "@/lib/domain/access";

/** Where an operation can be reached. A contract test proves that each is on exactly the surfaces it names. */
export type Surface = "rest" | "openapi" | "client" | "mcp";
export interface Operation extends Address {
  /** The scope a credential needs; `none` needs no credential. */
  readonly scope: AccessScope | "none";
  /** Takes something out of sight or out of force; clients should ask first. */
  readonly destructive: boolean;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly output: z.ZodType;
  /** Status of success; 200 when absent. */
  readonly status?: 200 | 201;
  /** `json` unless the answer or the body is a stream. */
  readonly stream?: "response" | "request";
  readonly surfaces: readonly Surface[];
}

const EVERYWHERE = ["rest", "openapi", "client"] as const;
/** Also a tool for agents; `tools.ts` has its name and arguments. */
const AND_MCP = [...EVERYWHERE, "mcp"] as const;
const byId = z.object({ id });
const byName = z.object({ name: z.string() });
const none = z.object({});
const streamed = z.string();
/** The input of a read that can also answer from an earlier state. */
const orEarlier = <T extends z.ZodRawShape>(input: z.ZodObject<T, z.core.$strict>) =>
  input.extend({ asOf: pointOfLedger.optional() });
const orStateAt = <T extends z.ZodRawShape>(input: z.ZodObject<T, z.core.$strict>) =>
  input.extend({ stateAt: pointOfLedger.optional() });
const earlier = z.strictObject({ asOf: pointOfLedger.optional() });

/** Every operation there is. Routes, the OpenAPI document, the client and the tools are made from this table: a row a line. */
// prettier-ignore
export const operations = {
  "memories.create": { ...addresses["memories.create"], scope: "write", destructive: false, summary: "Remember something", body: memories.createMemory, output: memories.memoryWritten, status: 201, surfaces: AND_MCP },
  "memories.createMany": { ...addresses["memories.createMany"], scope: "write", destructive: false, summary: "Remember up to 1,000 things as one group", body: memories.createMany, output: memories.createdMany, surfaces: EVERYWHERE },
  "memories.updateMany": { ...addresses["memories.updateMany"], scope: "write", destructive: false, summary: "Edit up to 1,000 memories as one group, all of them or none", body: memories.updateMany, output: memories.updatedMany, surfaces: EVERYWHERE },
  "memories.list": { ...addresses["memories.list"], scope: "read", destructive: false, summary: "List memories by words and filter", query: orEarlier(memories.listMemories), output: memories.listedMemories, surfaces: AND_MCP },
  "memories.bulk": { ...addresses["memories.bulk"], scope: "curate", destructive: true, summary: "Do one thing to many memories, as one group", body: memories.bulk, output: memories.bulkDone, surfaces: EVERYWHERE },
  "memories.get": { ...addresses["memories.get"], scope: "read", destructive: false, summary: "One memory, now or as of a point of the ledger", params: byId, query: memories.getMemory, output: memories.gotMemory, surfaces: AND_MCP },
  "memories.update": { ...addresses["memories.update"], scope: "write", destructive: false, summary: "Edit a memory; each field is a change of its own", params: byId, body: memories.updateMemory, output: memories.memoryWritten, surfaces: AND_MCP },
  "memories.delete": { ...addresses["memories.delete"], scope: "write", destructive: true, summary: "Delete a memory, reversibly", params: byId, query: memories.deleteMemory, output: memories.memoryWritten, surfaces: AND_MCP },
  "memories.history": { ...addresses["memories.history"], scope: "read", destructive: false, summary: "All changes of a memory, newest first", params: byId, query: orEarlier(memories.history), output: changes.listedChanges, surfaces: EVERYWHERE },
  "memories.confidence": { ...addresses["memories.confidence"], scope: "read", destructive: false, summary: "How its confidence came to be, and where it goes", params: byId, query: orEarlier(memories.confidenceQuery), output: memories.confidencePoints, surfaces: EVERYWHERE },
  "memories.purge": { ...addresses["memories.purge"], scope: "admin", destructive: true, summary: "Erase a memory's text for ever (legal erasure; cannot be undone)", params: byId, body: memories.purge, output: memories.purged, surfaces: EVERYWHERE },
  "owners.list": { ...addresses["owners.list"], scope: "read", destructive: false, summary: "Whose memories there are: users, agents, runs and sessions with their counts", query: orEarlier(memories.listOwners), output: memories.listedOwners, surfaces: EVERYWHERE },
  "recall": { ...addresses["recall"], scope: "read", destructive: false, summary: "Find the memories that help with a question", body: orStateAt(recalls.recall), output: recalls.recalled, surfaces: AND_MCP },
  "retrievals.list": { ...addresses["retrievals.list"], scope: "read", destructive: false, summary: "Logged recalls, newest first", query: orEarlier(recalls.listRetrievals), output: recalls.listedRetrievals, surfaces: EVERYWHERE },
  "retrievals.get": { ...addresses["retrievals.get"], scope: "read", destructive: false, summary: "One recall with candidates, parts and the signals it got", params: byId, query: earlier, output: recalls.gotRetrieval, surfaces: EVERYWHERE },
  "retrievals.explain": { ...addresses["retrievals.explain"], scope: "read", destructive: false, summary: "Why a memory stood where it did in a logged recall, and where it would stand now", params: byId, query: orEarlier(recalls.explainResult), output: recalls.explainedResult, surfaces: AND_MCP },
  "signals.create": { ...addresses["signals.create"], scope: "feedback", destructive: false, summary: "Report what helped", body: signals.createSignal, output: signals.signalCreated, status: 201, surfaces: AND_MCP },
  "signals.list": { ...addresses["signals.list"], scope: "read", destructive: false, summary: "Reported outcomes, newest first, with all that each moved", query: orEarlier(signals.listSignals), output: signals.listedSignals, surfaces: EVERYWHERE },
  "testQuestions.list": { ...addresses["testQuestions.list"], scope: "read", destructive: false, summary: "Saved test questions with graded results, newest first", query: tests.listTestQuestions, output: tests.listedTestQuestions, surfaces: EVERYWHERE },
  "testQuestions.save": { ...addresses["testQuestions.save"], scope: "feedback", destructive: false, summary: "Save a question with grades of its results, to measure by; it takes the place of the test of the same question", body: tests.saveTestQuestion, output: tests.savedTestQuestion, surfaces: EVERYWHERE },
  "testQuestions.delete": { ...addresses["testQuestions.delete"], scope: "feedback", destructive: true, summary: "Delete a test question; saving what it answers brings it back", params: byId, output: tests.deletedTestQuestion, surfaces: EVERYWHERE },
  "changes.list": { ...addresses["changes.list"], scope: "read", destructive: false, summary: "The ledger, newest first", query: orEarlier(changes.listChanges), output: changes.listedChanges, surfaces: AND_MCP },
  "changes.get": { ...addresses["changes.get"], scope: "read", destructive: false, summary: "One change with what it stands on and what stands on it", params: byId, query: earlier, output: changes.gotChange, surfaces: EVERYWHERE },
  "reverts.create": { ...addresses["reverts.create"], scope: "curate", destructive: true, summary: "Take changes back, or preview it; redo by reverting the revert", body: changes.createRevert, output: changes.reverted, surfaces: AND_MCP },
  "reverts.start": { ...addresses["reverts.start"], scope: "curate", destructive: true, summary: "Take much back beside the request: answered at once, followed by `reverts.list` and the progress events, checked when it is done", body: changes.revertTool, output: changes.startedRevert, status: 201, surfaces: EVERYWHERE },
  "reverts.list": { ...addresses["reverts.list"], scope: "read", destructive: false, summary: "Reverts that run beside a request or ran lately, with how far each is and what its check found", output: changes.listedRevertJobs, surfaces: EVERYWHERE },
  "merges.list": { ...addresses["merges.list"], scope: "read", destructive: false, summary: "Merges in force and reverted", query: orEarlier(merges.listMerges), output: merges.listedMerges, surfaces: EVERYWHERE },
  "merges.create": { ...addresses["merges.create"], scope: "curate", destructive: true, summary: "Merge memories that say the same", body: merges.createMerge, output: merges.createdMerge, status: 201, surfaces: EVERYWHERE },
  "cycles.run": { ...addresses["cycles.run"], scope: "curate", destructive: true, summary: "Run an improvement cycle now, or dry: propose, test, apply what is safe, queue the rest", body: cycles.runCycle, output: cycles.cycleRun, status: 201, surfaces: AND_MCP },
  "cycles.list": { ...addresses["cycles.list"], scope: "read", destructive: false, summary: "Improvement cycles, newest first", query: orEarlier(cycles.listCycles), output: cycles.listedCycles, surfaces: EVERYWHERE },
  "cycles.get": { ...addresses["cycles.get"], scope: "read", destructive: false, summary: "One cycle with its stages, proposals, gates and figures", params: byId, query: earlier, output: cycles.gotCycle, surfaces: EVERYWHERE },
  "cycles.cancel": { ...addresses["cycles.cancel"], scope: "curate", destructive: false, summary: "Stop a running cycle before it applies anything, or withdraw what waits", params: byId, body: cycles.cancelCycle, output: cycles.cancelledCycle, surfaces: EVERYWHERE },
  "proposals.decide": { ...addresses["proposals.decide"], scope: "curate", destructive: true, summary: "Approve and decline proposals of a cycle, or preview it", params: byId, body: cycles.decideProposals, output: cycles.decidedProposals, surfaces: EVERYWHERE },
  "proposals.list": { ...addresses["proposals.list"], scope: "read", destructive: false, summary: "Proposals of all cycles, by default those that wait, the riskiest first", query: orEarlier(cycles.listProposals), output: cycles.listedProposals, surfaces: EVERYWHERE },
  "graph.get": { ...addresses["graph.get"], scope: "read", destructive: false, summary: "Entities around one, the way between two, or the map of all", query: orStateAt(graph.getGraph), output: graph.gotGraph, surfaces: AND_MCP },
  "entities.list": { ...addresses["entities.list"], scope: "read", destructive: false, summary: "Entities that the memories name, most mentioned first", query: orStateAt(graph.listEntities), output: graph.listedEntities, surfaces: EVERYWHERE },
  "entities.create": { ...addresses["entities.create"], scope: "curate", destructive: false, summary: "Add an entity that no text names yet", body: graph.createEntity, output: graph.entityWritten, status: 201, surfaces: EVERYWHERE },
  "entities.get": { ...addresses["entities.get"], scope: "read", destructive: false, summary: "One entity with the memories that name it and its relations", params: byId, query: orStateAt(graph.getEntity), output: graph.gotEntity, surfaces: EVERYWHERE },
  "entities.update": { ...addresses["entities.update"], scope: "curate", destructive: false, summary: "Rename, retype, hide, join or split an entity; each is a change of its own", params: byId, body: graph.updateEntity, output: graph.entityWritten, surfaces: EVERYWHERE },
  "entities.merge": { ...addresses["entities.merge"], scope: "curate", destructive: true, summary: "Say that entities are one, as one group", body: graph.mergeEntities, output: graph.entityWritten, surfaces: EVERYWHERE },
  "relations.create": { ...addresses["relations.create"], scope: "curate", destructive: false, summary: "Say that two entities are related", body: graph.createRelation, output: graph.relationWritten, status: 201, surfaces: EVERYWHERE },
  "relations.update": { ...addresses["relations.update"], scope: "curate", destructive: false, summary: "Strengthen, weaken, hide or date a relation", params: byId, body: graph.updateRelation, output: graph.relationWritten, surfaces: EVERYWHERE },
  "relations.delete": { ...addresses["relations.delete"], scope: "curate", destructive: true, summary: "Take a relation out of sight and out of recall, reversibly", params: byId, query: graph.deleteRelation, output: graph.relationWritten, surfaces: EVERYWHERE },
  "parameters.list": { ...addresses["parameters.list"], scope: "read", destructive: false, summary: "Every tunable with its value, range and effect", query: earlier, output: parameters.listedParameters, surfaces: EVERYWHERE },
  "parameters.set": { ...addresses["parameters.set"], scope: "curate", destructive: false, summary: "Tune one parameter, reversibly", params: byName, body: parameters.setParameter, output: parameters.parameterSet, surfaces: EVERYWHERE },
  "metrics.overview": { ...addresses["metrics.overview"], scope: "read", destructive: false, summary: "Is the memory healthy, and what needs a person", query: orEarlier(metrics.range), output: metrics.overview, surfaces: AND_MCP },
  "metrics.learning": { ...addresses["metrics.learning"], scope: "read", destructive: false, summary: "The pulse of the loop per day, with alarms", query: orEarlier(metrics.range), output: metrics.learning, surfaces: EVERYWHERE },
  "metrics.quality": { ...addresses["metrics.quality"], scope: "read", destructive: false, summary: "Judged recalls beside the same store without learning", query: orEarlier(metrics.range), output: metrics.quality, surfaces: EVERYWHERE },
  "metrics.calibration": { ...addresses["metrics.calibration"], scope: "read", destructive: false, summary: "Confidence when shown against what came of it, before and after fitting", query: orEarlier(metrics.range), output: metrics.calibration, surfaces: EVERYWHERE },
  "metrics.diagnosis": { ...addresses["metrics.diagnosis"], scope: "read", destructive: false, summary: "Failed outcomes by what failed: the memory or the model", query: orEarlier(metrics.range), output: metrics.diagnosis, surfaces: EVERYWHERE },
  "metrics.cost": { ...addresses["metrics.cost"], scope: "read", destructive: false, summary: "CPU time and bytes of an update and of a recall", output: metrics.cost, surfaces: EVERYWHERE },
  "metrics.safety": { ...addresses["metrics.safety"], scope: "read", destructive: false, summary: "Suspects, quarantine and anomalies, each with what would take it back", query: earlier, output: metrics.safety, surfaces: EVERYWHERE },
  "events": { ...addresses["events"], scope: "read", destructive: false, summary: "Server-sent events: change, retrieval, cycle, test, progress", output: streamed, stream: "response", surfaces: ["rest", "openapi"] },
  "import.create": { ...addresses["import.create"], scope: "admin", destructive: false, summary: "Import a stream of memories as one group", query: transfer.importQuery, output: transfer.imported, stream: "request", surfaces: EVERYWHERE },
  "export.get": { ...addresses["export.get"], scope: "admin", destructive: false, summary: "Export the whole ledger", query: transfer.exportQuery, output: streamed, stream: "response", surfaces: ["rest", "openapi"] },
  "backups.list": { ...addresses["backups.list"], scope: "admin", destructive: false, summary: "Backups of the installation that are kept, newest first", output: transfer.listedBackups, surfaces: EVERYWHERE },
  "backups.create": { ...addresses["backups.create"], scope: "admin", destructive: false, summary: "Back up the whole installation now, read back and proven", output: transfer.createdBackup, status: 201, surfaces: EVERYWHERE },
  "models.list": { ...addresses["models.list"], scope: "read", destructive: false, summary: "The models in use, and how far embedding has come", output: models.listedModels, surfaces: EVERYWHERE },
  "models.test": { ...addresses["models.test"], scope: "admin", destructive: false, summary: "Ask a model one small thing: how long it takes, or what exactly is wrong", params: models.byRole, body: models.testModel, output: models.testedModel, surfaces: EVERYWHERE },
  "verify": { ...addresses["verify"], scope: "read", destructive: false, summary: "Recompute chain, fold and projection", output: transfer.verified, surfaces: EVERYWHERE },
  "keys.list": { ...addresses["keys.list"], scope: "admin", destructive: false, summary: "API keys of this workspace", output: access.listedKeys, surfaces: EVERYWHERE },
  "keys.create": { ...addresses["keys.create"], scope: "admin", destructive: false, summary: "Make an API key; its secret is shown once", body: access.createKey, output: access.createdKey, status: 201, surfaces: EVERYWHERE },
  "keys.revoke": { ...addresses["keys.revoke"], scope: "admin", destructive: true, summary: "Revoke a key at once", params: byId, output: access.revokedKey, surfaces: EVERYWHERE },
  "webhooks.list": { ...addresses["webhooks.list"], scope: "admin", destructive: false, summary: "Webhooks of this workspace", output: webhooks.listedWebhooks, surfaces: EVERYWHERE },
  "webhooks.create": { ...addresses["webhooks.create"], scope: "admin", destructive: false, summary: "Have events sent to a URL, signed and in order; its secret is shown once", body: webhooks.createWebhook, output: webhooks.createdWebhook, status: 201, surfaces: EVERYWHERE },
  "webhooks.update": { ...addresses["webhooks.update"], scope: "admin", destructive: false, summary: "Change a webhook, switch it on or off, or give it a new secret", params: byId, body: webhooks.updateWebhook, output: webhooks.updatedWebhook, surfaces: EVERYWHERE },
  "webhooks.delete": { ...addresses["webhooks.delete"], scope: "admin", destructive: true, summary: "Delete a webhook with its log", params: byId, output: webhooks.deletedWebhook, surfaces: EVERYWHERE },
  "webhooks.test": { ...addresses["webhooks.test"], scope: "admin", destructive: false, summary: "Send a test message now and say what came of it", params: byId, body: webhooks.testWebhook, output: webhooks.testedWebhook, surfaces: EVERYWHERE },
  "webhooks.redeliver": { ...addresses["webhooks.redeliver"], scope: "admin", destructive: false, summary: "Send a message of the log once more, under the same id", params: byId, body: webhooks.redeliverWebhook, output: webhooks.testedWebhook, surfaces: EVERYWHERE },
  "webhooks.deliveries": { ...addresses["webhooks.deliveries"], scope: "admin", destructive: false, summary: "What was sent to a webhook and what waits, newest first", params: byId, query: webhooks.listDeliveries, output: webhooks.listedDeliveries, surfaces: EVERYWHERE },
  "workspaces.list": { ...addresses["workspaces.list"], scope: "read", destructive: false, summary: "The workspaces the caller may enter", output: access.listedWorkspaces, surfaces: EVERYWHERE },
  "workspaces.create": { ...addresses["workspaces.create"], scope: "admin", destructive: false, summary: "Make a workspace with its first owner key (installation owner)", body: access.createWorkspace, output: access.createdWorkspace, status: 201, surfaces: EVERYWHERE },
  "workspaces.update": { ...addresses["workspaces.update"], scope: "admin", destructive: true, summary: "Rename a workspace, put it away, or open it again", params: byId, body: access.updateWorkspace, output: access.updatedWorkspace, surfaces: EVERYWHERE },
  "workspaces.enter": { ...addresses["workspaces.enter"], scope: "read", destructive: false, summary: "Go on in another workspace with the same browser", params: byId, body: access.enterWorkspace, output: access.updatedWorkspace, surfaces: EVERYWHERE },
  "people.list": { ...addresses["people.list"], scope: "admin", destructive: false, summary: "Who was let into this workspace, and open invitations", output: people.listedPeople, surfaces: EVERYWHERE },
  "people.invite": { ...addresses["people.invite"], scope: "admin", destructive: false, summary: "Make a link that lets one person in; its secret is shown once", body: people.invitePerson, output: people.invitedPerson, status: 201, surfaces: EVERYWHERE },
  "people.withdraw": { ...addresses["people.withdraw"], scope: "admin", destructive: true, summary: "Withdraw an invitation that was not used", params: byId, output: people.withdrawnInvitation, surfaces: EVERYWHERE },
  "people.update": { ...addresses["people.update"], scope: "admin", destructive: false, summary: "Give somebody another role", params: byId, body: people.updatePerson, output: people.updatedPerson, surfaces: EVERYWHERE },
  "people.resetPassword": { ...addresses["people.resetPassword"], scope: "admin", destructive: false, summary: "Make a link with which somebody sets another password; its secret is shown once", params: byId, body: people.makePasswordReset, output: people.madePasswordReset, status: 201, surfaces: EVERYWHERE },
  "people.remove": { ...addresses["people.remove"], scope: "admin", destructive: true, summary: "Take somebody out of this workspace at once", params: byId, output: people.updatedPerson, surfaces: EVERYWHERE },
  "audit.list": { ...addresses["audit.list"], scope: "admin", destructive: false, summary: "Sign-ins, refusals and changes of who may do what, newest first", query: people.listAccessEvents, output: people.listedAccessEvents, surfaces: EVERYWHERE },
  "requests.list": { ...addresses["requests.list"], scope: "read", destructive: false, summary: "The latest requests that this server answered, newest first: names and numbers, no texts", query: requests.listRequests, output: requests.listedRequests, surfaces: EVERYWHERE },
  "sessions.get": { ...addresses["sessions.get"], scope: "read", destructive: false, summary: "Who is calling, and where", output: access.session, surfaces: ["rest", "openapi", "client"] },
  "sessions.list": { ...addresses["sessions.list"], scope: "read", destructive: false, summary: "The caller's own browsers that are signed in", output: people.listedSessions, surfaces: EVERYWHERE },
  "sessions.end": { ...addresses["sessions.end"], scope: "read", destructive: true, summary: "Sign one of the caller's own browsers out", params: byId, output: people.endedSessions, surfaces: EVERYWHERE },
  "sessions.endAll": { ...addresses["sessions.endAll"], scope: "read", destructive: true, summary: "Sign all of the caller's own browsers out", query: people.endAllSessions, output: people.endedSessions, surfaces: EVERYWHERE },
  "openapi": { ...addresses["openapi"], scope: "none", destructive: false, summary: "This reference as an OpenAPI 3.1 document", output: none, surfaces: ["rest", "openapi"] },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;
export const OPERATION_IDS = Object.keys(operations) as readonly OperationId[]; // keys of a const object are its ids

type PartOf<Op, Part extends "params" | "query" | "body"> = Op extends {
  readonly [P in Part]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : unknown;
/** An operation's input once it is parsed: path, query and body joined. */
export type InputOf<Id extends OperationId> = PartOf<(typeof operations)[Id], "params"> &
  PartOf<(typeof operations)[Id], "query"> &
  PartOf<(typeof operations)[Id], "body">;
