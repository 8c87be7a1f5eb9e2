export type Method = "GET" | "POST" | "PATCH" | "DELETE";

export interface Address {
  readonly method: Method;
  /** Below `/api/v1`, with `{id}` for path parameters. */
  readonly path: `/${string}`;
}

/**
 * Where each operation is called: the part of its row that a browser needs. It stands apart from the schemas, so that
 * calling an operation does not load what describes it.
 */
export const addresses = {
  "memories.create": { method: "POST", path: "/memories" },
  "memories.createMany": { method: "POST", path: "/memories/batch" },
  "memories.updateMany": { method: "PATCH", path: "/memories/batch" },
  "memories.list": { method: "GET", path: "/memories" },
  "memories.bulk": { method: "POST", path: "/memories/bulk" },
  "memories.get": { method: "GET", path: "/memories/{id}" },
  "memories.update": { method: "PATCH", path: "/memories/{id}" },
  "memories.delete": { method: "DELETE", path: "/memories/{id}" },
  "memories.history": { method: "GET", path: "/memories/{id}/history" },
  "memories.confidence": { method: "GET", path: "/memories/{id}/confidence" },
  "memories.purge": { method: "POST", path: "/memories/{id}/purge" },
  "owners.list": { method: "GET", path: "/owners" },
  recall: { method: "POST", path: "/recall" },
  "retrievals.list": { method: "GET", path: "/retrievals" },
  "retrievals.get": { method: "GET", path: "/retrievals/{id}" },
  "retrievals.explain": { method: "GET", path: "/retrievals/{id}/explain" },
  "signals.create": { method: "POST", path: "/signals" },
  "signals.list": { method: "GET", path: "/signals" },
  "changes.list": { method: "GET", path: "/changes" },
  "changes.get": { method: "GET", path: "/changes/{id}" },
  "reverts.create": { method: "POST", path: "/reverts" },
  "merges.list": { method: "GET", path: "/merges" },
  "merges.create": { method: "POST", path: "/merges" },
  "cycles.run": { method: "POST", path: "/cycles" },
  "cycles.list": { method: "GET", path: "/cycles" },
  "cycles.get": { method: "GET", path: "/cycles/{id}" },
  "cycles.cancel": { method: "POST", path: "/cycles/{id}/cancel" },
  "proposals.decide": { method: "POST", path: "/cycles/{id}/proposals" },
  "proposals.list": { method: "GET", path: "/proposals" },
  "graph.get": { method: "GET", path: "/graph" },
  "entities.list": { method: "GET", path: "/entities" },
  "entities.create": { method: "POST", path: "/entities" },
  "entities.get": { method: "GET", path: "/entities/{id}" },
  "entities.update": { method: "PATCH", path: "/entities/{id}" },
  "entities.merge": { method: "POST", path: "/entities/merge" },
  "relations.create": { method: "POST", path: "/relations" },
  "relations.update": { method: "PATCH", path: "/relations/{id}" },
  "relations.delete": { method: "DELETE", path: "/relations/{id}" },
  "parameters.list": { method: "GET", path: "/parameters" },
  "parameters.set": { method: "PATCH", path: "/parameters/{name}" },
  "metrics.overview": { method: "GET", path: "/metrics/overview" },
  "metrics.learning": { method: "GET", path: "/metrics/learning" },
  "metrics.quality": { method: "GET", path: "/metrics/quality" },
  "metrics.calibration": { method: "GET", path: "/metrics/calibration" },
  "metrics.diagnosis": { method: "GET", path: "/metrics/diagnosis" },
  "metrics.cost": { method: "GET", path: "/metrics/cost" },
  "metrics.safety": { method: "GET", path: "/metrics/safety" },
  events: { method: "GET", path: "/events" },
  "import.create": { method: "POST", path: "/import" },
  "export.get": { method: "GET", path: "/export" },
  "backups.list": { method: "GET", path: "/backups" },
  "backups.create": { method: "POST", path: "/backups" },
  verify: { method: "GET", path: "/verify" },
  "keys.list": { method: "GET", path: "/keys" },
  "keys.create": { method: "POST", path: "/keys" },
  "keys.revoke": { method: "DELETE", path: "/keys/{id}" },
  "workspaces.create": { method: "POST", path: "/workspaces" },
  "sessions.get": { method: "GET", path: "/session" },
  openapi: { method: "GET", path: "/openapi.json" },
} as const satisfies Record<string, Address>;
