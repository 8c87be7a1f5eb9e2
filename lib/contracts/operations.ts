import { z } from "zod";
import * as access from "./access";
import * as changes from "./change";
import * as memories from "./memory";
import * as merges from "./merge";
import * as metrics from "./metrics";
import * as parameters from "./parameter";
import * as recalls from "./recall";
import * as signals from "./signal";
import * as transfer from "./transfer";
import { id } from "./common";
import type { AccessScope } from "@/lib/domain/access";

/** Where an operation can be reached. A contract test proves that each is on exactly the surfaces it names. */
export type Surface = "rest" | "openapi" | "client" | "mcp";
export type Method = "GET" | "POST" | "PATCH" | "DELETE";

export interface Operation {
  readonly method: Method;
  /** Below `/api/v1`, with `{id}` for path parameters. */
  readonly path: `/${string}`;
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
const byId = z.object({ id });
const byName = z.object({ name: z.string() });
const none = z.object({});
const streamed = z.string();

/** Every operation there is. Routes, the OpenAPI document, the client and the tools are made from this table. */
export const operations = {
  "memories.create": { method: "POST", path: "/memories", scope: "write", destructive: false, summary: "Remember something", body: memories.createMemory, output: memories.memoryWritten, status: 201, surfaces: EVERYWHERE },
  "memories.createMany": { method: "POST", path: "/memories/batch", scope: "write", destructive: false, summary: "Remember up to 1,000 things as one group", body: memories.createMany, output: memories.createdMany, surfaces: EVERYWHERE },
  "memories.list": { method: "GET", path: "/memories", scope: "read", destructive: false, summary: "List memories by words and filter", query: memories.listMemories, output: memories.listedMemories, surfaces: EVERYWHERE },
  "memories.bulk": { method: "POST", path: "/memories/bulk", scope: "curate", destructive: true, summary: "Do one thing to many memories, as one group", body: memories.bulk, output: memories.bulkDone, surfaces: EVERYWHERE },
  "memories.get": { method: "GET", path: "/memories/{id}", scope: "read", destructive: false, summary: "One memory, now or as of a point of the ledger", params: byId, query: memories.getMemory, output: memories.gotMemory, surfaces: EVERYWHERE },
  "memories.update": { method: "PATCH", path: "/memories/{id}", scope: "write", destructive: false, summary: "Edit a memory; each field is a change of its own", params: byId, body: memories.updateMemory, output: memories.memoryWritten, surfaces: EVERYWHERE },
  "memories.delete": { method: "DELETE", path: "/memories/{id}", scope: "write", destructive: true, summary: "Delete a memory, reversibly", params: byId, query: memories.deleteMemory, output: memories.memoryWritten, surfaces: EVERYWHERE },
  "memories.history": { method: "GET", path: "/memories/{id}/history", scope: "read", destructive: false, summary: "All changes of a memory, newest first", params: byId, query: memories.history, output: changes.listedChanges, surfaces: EVERYWHERE },
  "memories.confidence": { method: "GET", path: "/memories/{id}/confidence", scope: "read", destructive: false, summary: "How its confidence came to be, and where it goes", params: byId, query: memories.confidenceQuery, output: memories.confidencePoints, surfaces: EVERYWHERE },
  "memories.purge": { method: "POST", path: "/memories/{id}/purge", scope: "admin", destructive: true, summary: "Erase a memory's text for ever (legal erasure; cannot be undone)", params: byId, body: memories.purge, output: memories.purged, surfaces: EVERYWHERE },
  "recall": { method: "POST", path: "/recall", scope: "read", destructive: false, summary: "Find the memories that help with a question", body: recalls.recall, output: recalls.recalled, surfaces: EVERYWHERE },
  "retrievals.list": { method: "GET", path: "/retrievals", scope: "read", destructive: false, summary: "Logged recalls, newest first", query: recalls.listRetrievals, output: recalls.listedRetrievals, surfaces: EVERYWHERE },
  "retrievals.get": { method: "GET", path: "/retrievals/{id}", scope: "read", destructive: false, summary: "One recall with candidates, parts and the signals it got", params: byId, output: recalls.gotRetrieval, surfaces: EVERYWHERE },
  "signals.create": { method: "POST", path: "/signals", scope: "feedback", destructive: false, summary: "Report what helped", body: signals.createSignal, output: signals.signalCreated, status: 201, surfaces: EVERYWHERE },
  "changes.list": { method: "GET", path: "/changes", scope: "read", destructive: false, summary: "The ledger, newest first", query: changes.listChanges, output: changes.listedChanges, surfaces: EVERYWHERE },
  "changes.get": { method: "GET", path: "/changes/{id}", scope: "read", destructive: false, summary: "One change with what it stands on and what stands on it", params: byId, output: changes.gotChange, surfaces: EVERYWHERE },
  "reverts.create": { method: "POST", path: "/reverts", scope: "curate", destructive: true, summary: "Take changes back, or preview it; redo by reverting the revert", body: changes.createRevert, output: changes.reverted, surfaces: EVERYWHERE },
  "merges.list": { method: "GET", path: "/merges", scope: "read", destructive: false, summary: "Merges in force and reverted", query: merges.listMerges, output: merges.listedMerges, surfaces: EVERYWHERE },
  "merges.create": { method: "POST", path: "/merges", scope: "curate", destructive: true, summary: "Merge memories that say the same", body: merges.createMerge, output: merges.createdMerge, status: 201, surfaces: EVERYWHERE },
  "parameters.list": { method: "GET", path: "/parameters", scope: "read", destructive: false, summary: "Every tunable with its value, range and effect", output: parameters.listedParameters, surfaces: EVERYWHERE },
  "parameters.set": { method: "PATCH", path: "/parameters/{name}", scope: "curate", destructive: false, summary: "Tune one parameter, reversibly", params: byName, body: parameters.setParameter, output: parameters.parameterSet, surfaces: EVERYWHERE },
  "metrics.overview": { method: "GET", path: "/metrics/overview", scope: "read", destructive: false, summary: "Is the memory healthy, and what needs a person", query: metrics.range, output: metrics.overview, surfaces: EVERYWHERE },
  "metrics.learning": { method: "GET", path: "/metrics/learning", scope: "read", destructive: false, summary: "The pulse of the loop per day, with alarms", query: metrics.range, output: metrics.learning, surfaces: EVERYWHERE },
  "events": { method: "GET", path: "/events", scope: "read", destructive: false, summary: "Server-sent events: change, retrieval, progress", output: streamed, stream: "response", surfaces: ["rest", "openapi"] },
  "import.create": { method: "POST", path: "/import", scope: "admin", destructive: false, summary: "Import a stream of memories as one group", query: transfer.importQuery, output: transfer.imported, stream: "request", surfaces: EVERYWHERE },
  "export.get": { method: "GET", path: "/export", scope: "admin", destructive: false, summary: "Export the whole ledger", query: transfer.exportQuery, output: streamed, stream: "response", surfaces: ["rest", "openapi"] },
  "verify": { method: "GET", path: "/verify", scope: "read", destructive: false, summary: "Recompute chain, fold and projection", output: transfer.verified, surfaces: EVERYWHERE },
  "keys.list": { method: "GET", path: "/keys", scope: "admin", destructive: false, summary: "API keys of this workspace", output: access.listedKeys, surfaces: EVERYWHERE },
  "keys.create": { method: "POST", path: "/keys", scope: "admin", destructive: false, summary: "Make an API key; its secret is shown once", body: access.createKey, output: access.createdKey, status: 201, surfaces: EVERYWHERE },
  "keys.revoke": { method: "DELETE", path: "/keys/{id}", scope: "admin", destructive: true, summary: "Revoke a key at once", params: byId, output: access.revokedKey, surfaces: EVERYWHERE },
  "workspaces.create": { method: "POST", path: "/workspaces", scope: "admin", destructive: false, summary: "Make a workspace with its first owner key (installation owner)", body: access.createWorkspace, output: access.createdWorkspace, status: 201, surfaces: EVERYWHERE },
  "sessions.get": { method: "GET", path: "/session", scope: "read", destructive: false, summary: "Who is calling, and where", output: access.session, surfaces: ["rest", "openapi", "client"] },
  "openapi": { method: "GET", path: "/openapi.json", scope: "none", destructive: false, summary: "This reference as an OpenAPI 3.1 document", output: none, surfaces: ["rest", "openapi"] },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;
export const OPERATION_IDS = Object.keys(operations) as readonly OperationId[]; // keys of a const object are its ids

type PartOf<Op, Part extends "params" | "query" | "body"> = Op extends { readonly [P in Part]: infer Schema extends z.ZodType } ? z.output<Schema> : unknown;
/** An operation's input once it is parsed: path, query and body joined. */
export type InputOf<Id extends OperationId> = PartOf<(typeof operations)[Id], "params"> & PartOf<(typeof operations)[Id], "query"> & PartOf<(typeof operations)[Id], "body">;
