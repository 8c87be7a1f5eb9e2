import type { Scope } from "@/lib/domain/memory/memory";

/** A scope filters only by the fields it gives. */
export const isOutside = (own: Scope, scope: Scope): boolean =>
  (scope.userId !== undefined && scope.userId !== own.userId) ||
  (scope.agentId !== undefined && scope.agentId !== own.agentId) ||
  (scope.runId !== undefined && scope.runId !== own.runId) ||
  (scope.sessionId !== undefined && scope.sessionId !== own.sessionId);
