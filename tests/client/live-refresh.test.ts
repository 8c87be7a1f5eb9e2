import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallOutput } from "@/lib/client/api";
import { keys } from "@/lib/client/keys";
import { createRefresher, type Refresher } from "@/lib/client/live-refresh";

/** What would break unseen: a list that stays wrong after an event, or one that asks for all of itself at every event. */

type Page = CallOutput<"changes.list">;
type Change = Page["items"][number];

const ROWS = 3;
const start: string | null = null;
const listKey = keys.changes.list({});

/** A ledger of changes, newest first, that counts what it is asked. */
let ledger: Change[];
let asks: (string | null)[];
let client: QueryClient;
let refresher: Refresher;

// Only what a list is put together from; a whole row would say nothing more here.
const change = (number: number, status = "live"): Change =>
  ({ id: `c${number}`, groupId: `g${number}`, targetId: `m${number}`, status }) as Change;

function windowAt(cursor: string | null): Page {
  asks.push(cursor);
  const from = cursor === null ? 0 : ledger.findIndex((row) => row.id === cursor) + 1;
  const items = ledger.slice(from, from + ROWS);
  const hasMore = from + ROWS < ledger.length;
  return { items, nextCursor: hasMore ? (items.at(-1)?.id ?? null) : null, total: ledger.length };
}

const told = (number: number, more: object = {}) => ({
  ...{ seq: number, groupId: `g${number}`, count: 1, ops: ["create"], targets: [`m${number}`] },
  ...{ memories: [`m${number}`], standing: false, ...more },
});

/** The list as it is on the screen, row by row. */
function shown(): string[] {
  const data = client.getQueryData<{ pages: Page[] }>(listKey);
  return (data?.pages ?? []).flatMap((page) => page.items.map((row) => `${row.id} ${row.status}`));
}
const kept = () => ledger.map((row) => `${row.id} ${row.status}`);

beforeEach(async () => {
  vi.useFakeTimers();
  ledger = Array.from({ length: 9 }, (_, i) => change(9 - i));
  asks = [];
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  refresher = createRefresher(client, {
    changes: (_input, cursor) => Promise.resolve(windowAt(cursor)),
    memories: () => Promise.reject(new Error("no memories here")),
  });
  const observer = new InfiniteQueryObserver(client, {
    queryKey: listKey,
    initialPageParam: start,
    getNextPageParam: (last: Page) => last.nextCursor,
    queryFn: ({ pageParam }) => Promise.resolve(windowAt(pageParam)),
  });
  observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(1);
  await observer.fetchNextPage();
  await observer.fetchNextPage();
  expect(asks).toEqual([null, "c7", "c4"]);
  asks = [];
});

afterEach(() => {
  refresher.stop();
  client.clear();
  vi.useRealTimers();
});

async function hear(data: unknown): Promise<void> {
  refresher.hear("change", data);
  await vi.advanceTimersByTimeAsync(500);
}

describe("a live event", () => {
  it("of a new change asks for the first window alone, and the list is as the server has it", async () => {
    ledger.unshift(change(10));
    await hear(told(10));
    expect(asks).toEqual([null]);
    expect(shown()).toEqual(kept());
  });
  it("asks again for the window that holds a row of the same group", async () => {
    ledger.unshift(change(10));
    await hear(told(10, { groupId: "g2" }));
    expect(asks).toEqual([null, "c4"]);
    expect(shown()).toEqual(kept());
  });
  it("that moves the standing of earlier changes asks for all windows", async () => {
    ledger = [change(10), ...ledger.map((row) => (row.id === "c2" ? change(2, "reverted") : row))];
    await hear(told(10, { ops: ["revert"], standing: true }));
    expect(shown().slice(0, ROWS)).toEqual(kept().slice(0, ROWS));
    expect(shown()).toContain("c2 reverted");
    expect(asks).toHaveLength(3);
  });
  it("of more new rows than a window holds begins anew, for nobody knows what lies between", async () => {
    ledger.unshift(...[13, 12, 11, 10].map((number) => change(number)));
    await hear(told(13, { count: 4 }));
    expect(shown()).toEqual(kept().slice(0, shown().length));
  });
  it("of another process says too little, so all is asked for", async () => {
    ledger.unshift(change(10));
    await hear({ seq: 10 });
    expect(asks).toHaveLength(3);
  });
  it("asks for nothing that was asked for since", async () => {
    ledger.unshift(change(10));
    refresher.hear("change", told(10));
    await vi.advanceTimersByTimeAsync(100);
    await client.invalidateQueries({ queryKey: keys.changes.all });
    asks = [];
    await vi.advanceTimersByTimeAsync(500);
    expect(asks).toEqual([]);
  });
  it("leaves the page of a memory alone that did not move", async () => {
    const read: string[] = [];
    for (const id of ["m1", "m10"]) {
      new QueryObserver(client, {
        queryKey: keys.memories.detail(id),
        queryFn: () => Promise.resolve(read.push(id)),
      }).subscribe(() => undefined);
    }
    await vi.advanceTimersByTimeAsync(1);
    await hear(told(10, { ops: ["observe"] }));
    expect(read).toEqual(["m1", "m10", "m10"]);
  });
  it("of a test question, saved in another tab, asks for the tests and nothing else", async () => {
    const read: string[] = [];
    const queryKey = keys.testQuestions.list({});
    const queryFn = () => Promise.resolve(read.push("tests"));
    new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(1);
    refresher.hear("test", {});
    await vi.advanceTimersByTimeAsync(500);
    expect([read, asks]).toEqual([["tests", "tests"], []]);
  });
});

describe("a stream of events", () => {
  it("leaves a slow answer its time: it is waited for, and then some", async () => {
    let runs = 0;
    new QueryObserver(client, {
      queryKey: keys.metrics.overview({}),
      queryFn: async ({ signal }) => {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        if (!signal.aborted) runs += 1;
        return runs;
      },
    }).subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(1001);
    for (let i = 0; i < 90; i += 1) {
      refresher.hear("change", told(10 + i));
      await vi.advanceTimersByTimeAsync(100);
    }
    // Once at first; then 0.4 s of settling, 1 s of answering and 3 s of rest at a time.
    expect(runs).toBe(3);
  });
});
