import * as find from "./find";
import * as memories from "./memories";
import { createExport, getExport } from "./exports";
import { event, notOffered, ping, project } from "./service";
import { feedback } from "./feedback";
import { history } from "./history";
import { removeEntity, users } from "./owners";
import type { Mem0Answer, Mem0Call } from "./call";

type Run = (call: Mem0Call) => Promise<Mem0Answer>;

/**
 * What clients of mem0 call, old versions and new, and what it comes to here. `{id}` stands for one part of a path; of two
 * rows that match, the earlier counts.
 */
const ROUTES: readonly (readonly [method: string, path: string, run: Run])[] = [
  ["GET", "/v1/ping/", ping],
  ["POST", "/v3/memories/add/", memories.add],
  ["POST", "/v1/memories/", memories.add],
  ["POST", "/v3/memories/search/", find.search],
  ["POST", "/v2/memories/search/", find.search],
  ["POST", "/v1/memories/search/", find.search],
  ["POST", "/v3/memories/", find.list],
  ["POST", "/v2/memories/", find.list],
  ["GET", "/v1/memories/", find.list],
  ["DELETE", "/v1/memories/", memories.removeAll],
  ["GET", "/v1/memories/{id}/", memories.get],
  ["PUT", "/v1/memories/{id}/", memories.update],
  ["DELETE", "/v1/memories/{id}/", memories.remove],
  ["GET", "/v1/memories/{id}/history/", history],
  ["PUT", "/v1/batch/", memories.updateMany],
  ["DELETE", "/v1/batch/", memories.removeMany],
  ["GET", "/v1/entities/", users],
  ["DELETE", "/v1/entities/{type}/{name}/", removeEntity],
  ["DELETE", "/v2/entities/{type}/{name}/", removeEntity],
  ["POST", "/v1/feedback/", feedback],
  ["POST", "/v1/exports/", createExport],
  ["POST", "/v1/exports/get/", getExport],
  ["GET", "/v1/event/{id}/", event],
  ["GET", "/api/v1/orgs/organizations/{org}/projects/{project}/", project],
];

/** Calls of the published client that mean nothing here. */
const NOT_OFFERED = [
  /^\/api\/v1\/(?:orgs|webhooks)\//u,
  /^\/v2\/(?:profiles|entities)\//u,
  /^\/v1\/(?:events|summary|stats|users|agents|apps|runs)\//u,
];

export interface Found {
  readonly run: Run;
  readonly params: Readonly<Record<string, string>>;
}

/** What a path with its last slash stands for; null: nothing. */
export function routeFor(method: string, path: string): Found | null {
  for (const [by, pattern, run] of ROUTES) {
    const params = by === method ? match(pattern, path) : null;
    if (params !== null) return { run, params };
  }
  return NOT_OFFERED.some((form) => form.test(path)) ? { run: notOffered, params: {} } : null;
}

function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const found = given[i] ?? "";
    const name = /^\{(\w+)\}$/u.exec(part)?.[1];
    if (name === undefined ? part !== found : found === "") return null;
    if (name !== undefined) params[name] = decoded(found);
  }
  return params;
}

/** What is not well encoded stands for itself, and will not be found. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
