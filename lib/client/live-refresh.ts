import type { InfiniteData, Query, QueryClient, QueryKey } from "@tanstack/react-query";
import type { CallOutput } from "./api";
import { keys, ledgerRungs, type ChangeListInput, type MemoryListInput } from "./keys";
import { movedBy, movedByAll, type Moved } from "./moved";
import { windowsOf } from "./paging";
import { touchedChanges, touchedMemories, withWindow, type Touched } from "./windows";

/** Events of the stream, and what each makes stale. */
export const staleBy: Readonly<Record<string, readonly QueryKey[]>> = {
  change: [...ledgerRungs, keys.parameters.all],
  retrieval: [keys.retrievals.all, keys.metrics.all],
  cycle: [keys.cycles.all, keys.metrics.all],
  test: [keys.testQuestions.all],
  progress: [],
};

/** A burst of events refreshes the page once. */
const SETTLE_MS = 400;
/** Of the time, at most a fourth is spent on asking again, however slow the answers and however many the events. */
const REST_FACTOR = 3;

export interface Refresher {
  /** Asks again for what an event made stale, soon. */
  readonly hear: (event: string, data: unknown) => void;
  readonly stop: () => void;
}

/**
 * Keeps what is on the screen up to date, and asks for no more than can have changed: of long lists single windows, of single
 * memories those that moved, and nothing that somebody else has asked for since.
 */
export function createRefresher(client: QueryClient, ask: WindowsOf = windowsOf): Refresher {
  const asked = whenAsked(client);
  const due = new Map<string, QueryKey>();
  let heard: (Moved | null)[] = [];
  let lastHeard = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isResting = false;
  const refresh = async () => {
    const rungs = [...due.values()];
    const moved = movedByAll(heard);
    due.clear();
    heard = [];
    const isOld = (query: Query) => (asked.at(query) ?? 0) <= lastHeard;
    const started = Date.now();
    isResting = true;
    await Promise.all(rungs.map((rung) => refreshRung({ client, ask, moved, isOld }, rung)));
    timer = setTimeout(
      () => {
        isResting = false;
        timer = undefined;
        if (due.size > 0) wait();
      },
      (Date.now() - started) * REST_FACTOR,
    );
  };
  const wait = () => {
    if (!isResting) timer ??= setTimeout(() => void refresh(), SETTLE_MS);
  };
  return {
    hear: (event, data) => {
      const rungs = staleBy[event] ?? [];
      if (rungs.length === 0) return;
      for (const rung of rungs) due.set(JSON.stringify(rung), rung);
      if (event === "change") heard.push(movedBy(data));
      lastHeard = Date.now();
      wait();
    },
    stop: () => {
      clearTimeout(timer);
      asked.stop();
    },
  };
}

type WindowsOf = Pick<typeof windowsOf, "changes" | "memories">;

interface Refresh {
  readonly client: QueryClient;
  readonly ask: WindowsOf;
  /** Null: anything may have moved. */
  readonly moved: Moved | null;
  /** Nobody has asked for it since the event was heard, as a verb does for what it wrote itself. */
  readonly isOld: (query: Query) => boolean;
}

async function refreshRung(refresh: Refresh, rung: QueryKey): Promise<void> {
  const { client, moved, isOld } = refresh;
  const isMeant = (query: Query) => isOld(query) && (moved === null || mayHaveMoved(query.queryKey, moved));
  const lists = client
    .getQueryCache()
    .findAll({ queryKey: rung, type: "active" })
    .filter((query) => isMeant(query) && moved !== null && isWindowed(query));
  await Promise.all([
    client.invalidateQueries({
      queryKey: rung,
      predicate: (query) => isMeant(query) && !lists.includes(query),
    }),
    ...(moved === null ? [] : lists.map((query) => refreshWindows(refresh, query.queryKey, moved))),
  ]);
}

/** Ops that say of one memory what no other one's page shows. */
const OF_ITS_OWN: ReadonlySet<string> = new Set(["create", "edit", "set", "observe", "pin", "archive"]);

/** Single memories that did not move are left alone. */
function mayHaveMoved(key: QueryKey, { ops, targets, memories }: Moved): boolean {
  const [rung, step, id] = key;
  if (rung !== "memories" || step !== "one" || typeof id !== "string") return true;
  if (targets === null || memories === null || [...ops].some((op) => !OF_ITS_OWN.has(op))) return true;
  return targets.has(id) || memories.has(id);
}

const isWindowed = ({ queryKey: [rung, step], state }: Query): boolean =>
  (rung === "memories" || rung === "changes") && step === "list" && state.data !== undefined;

async function refreshWindows({ client, ask }: Refresh, key: QueryKey, moved: Moved): Promise<void> {
  if (key[0] === "changes") {
    // Lists of changes have their input as the third part of the key, by the ladder of the keys.
    const input = key[2] as ChangeListInput;
    await renew<CallOutput<"changes.list">>(client, key, {
      touched: (windows) => touchedChanges(windows, moved),
      ask: (cursor) => ask.changes(input, cursor),
    });
  } else {
    // And so have lists of memories.
    const input = key[2] as MemoryListInput;
    await renew<CallOutput<"memories.list">>(client, key, {
      touched: (windows) => touchedMemories(windows, moved, input),
      ask: (cursor) => ask.memories(input, cursor),
    });
  }
}

interface Renewal<Page> {
  readonly touched: (windows: InfiniteData<Page, string | null>) => Touched;
  readonly ask: (cursor: string | null) => Promise<Page>;
}

/** One window after the other, each put in its place as it comes; where that cannot be done, all of them. */
async function renew<Page extends { items: { id: string }[]; nextCursor: string | null }>(
  client: QueryClient,
  queryKey: QueryKey,
  { touched, ask }: Renewal<Page>,
): Promise<void> {
  const all = () => client.invalidateQueries({ queryKey, exact: true });
  const shown = client.getQueryData<InfiniteData<Page, string | null>>(queryKey);
  const places = shown === undefined ? "all" : touched(shown);
  if (shown === undefined || places === "all" || places.length === shown.pages.length) return all();
  for (const place of places) {
    const start = shown.pageParams[place] ?? null;
    const fresh = await ask(start).catch(() => null);
    // Meanwhile somebody may have scrolled on, so what is there now is asked again.
    const now = client.getQueryData<InfiniteData<Page, string | null>>(queryKey);
    const next = fresh === null || now === undefined ? null : withWindow(now, start, fresh);
    if (next === null) return all();
    client.setQueryData(queryKey, next);
  }
}

/** When each query was last asked for, by whomever. */
function whenAsked(client: QueryClient) {
  const times = new WeakMap<Query, number>();
  const stop = client.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "fetch") times.set(event.query, Date.now());
  });
  return { at: (query: Query) => times.get(query), stop };
}
