import { hashKey, QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { ApiError } from "@/lib/client/api-error";
import { keys, ledgerRungs } from "@/lib/client/keys";
import { nextLiveStatus, reconnectDelayMs, type LiveEvent, type LiveStatus } from "@/lib/client/live-status";
import { verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { createQueryClient } from "@/lib/client/query-client";

describe("query keys", () => {
  it("form a ladder: a rung makes everything below it stale, and nothing beside it", async () => {
    const client = new QueryClient();
    const below = [keys.memories.list({}), keys.memories.detail("m1"), keys.memories.history("m1")];
    for (const queryKey of [...below, keys.changes.list({})]) client.setQueryData(queryKey, "known");
    await client.invalidateQueries({ queryKey: keys.memories.one("m1") });
    const isStale = (queryKey: readonly unknown[]) => client.getQueryState(queryKey)?.isInvalidated;
    expect(below.map(isStale)).toEqual([false, true, true]);
    await client.invalidateQueries({ queryKey: keys.memories.all });
    expect(below.map(isStale)).toEqual([true, true, true]);
    expect(isStale(keys.changes.list({}))).toBe(false);
  });
  it("tell two questions apart", () => {
    const asked = [
      queries.memories({ q: "a" }),
      queries.memories({ q: "b" }),
      queries.memory("m1"),
      queries.newestChange(),
      queries.memoryHistory("m1"),
      queries.memoryConfidence("m1"),
      queries.revertPreview({ groupId: "g1" }),
      queries.mergePreview({ sources: ["a", "b"] }),
      queries.overview({}),
      queries.learning({}),
    ].map((options) => hashKey(options.queryKey));
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe("verbs", () => {
  it("that append to the ledger make everything read from it stale", () => {
    const appending = [
      "createMemory",
      "updateMemory",
      "deleteMemory",
      "bulkMemories",
      "merge",
      "revert",
      "sendSignal",
    ] as const;
    for (const name of appending) {
      for (const rung of ledgerRungs) expect(verbs[name].invalidates, name).toContainEqual(rung);
    }
  });
  it("that may move parameters make those stale too", () => {
    for (const name of ["revert", "setParameter"] as const) {
      expect(verbs[name].invalidates).toContainEqual(keys.parameters.all);
    }
  });
});

describe("the live status", () => {
  const after = (...events: readonly LiveEvent[]): LiveStatus => {
    const start: LiveStatus = { kind: "connecting" };
    return events.reduce(nextLiveStatus, start);
  };

  it("is live once the stream is open", () => {
    expect(after({ kind: "opened" })).toEqual({ kind: "live" });
  });
  it("counts from the first loss, not from the last attempt", () => {
    expect(after({ kind: "opened" }, { kind: "lost", atMs: 10 }, { kind: "lost", atMs: 99 })).toEqual({
      kind: "polling",
      sinceMs: 10,
    });
    expect(after({ kind: "lost", atMs: 10 }, { kind: "opened" }, { kind: "lost", atMs: 50 })).toEqual({
      kind: "polling",
      sinceMs: 50,
    });
  });
  it("polls when the first connection takes too long, and only then", () => {
    expect(after({ kind: "overdue", atMs: 5 })).toEqual({ kind: "polling", sinceMs: 5 });
    expect(after({ kind: "opened" }, { kind: "overdue", atMs: 5 })).toEqual({ kind: "live" });
  });
  it("tries again more and more slowly, to a ceiling", () => {
    expect([1, 2, 3, 20].map(reconnectDelayMs)).toEqual([1000, 2000, 4000, 30_000]);
  });
});

describe("the query client", () => {
  const refusal = (code: "unauthenticated" | "unavailable" | "conflict") =>
    new ApiError({ code, status: 400, title: "t", detail: "d", errors: [], requestId: null, extra: {} });

  it("tries passing failures again, refusals never", () => {
    const { retry } = createQueryClient(() => undefined).getDefaultOptions().queries ?? {};
    if (typeof retry !== "function") throw new Error("no rule for retries");
    expect(retry(0, refusal("unavailable"))).toBe(true);
    expect(retry(2, refusal("unavailable"))).toBe(false);
    expect(retry(0, refusal("conflict"))).toBe(false);
  });
  it("tells a lost session, and nothing else", async () => {
    let told = 0;
    const client = createQueryClient(() => (told += 1));
    for (const code of ["conflict", "unauthenticated"] as const) {
      await client
        .fetchQuery({ queryKey: [code], queryFn: () => Promise.reject(refusal(code)) })
        .catch(() => undefined);
    }
    expect(told).toBe(1);
  });
});
