import type { MemoryListInput } from "./keys";
import type { Moved } from "./moved";

/** A list as it was fetched: windows in their order, each with the cursor that it began at. */
export interface Windows<Page> {
  readonly pages: Page[];
  readonly pageParams: (string | null)[];
}

interface Row {
  readonly id: string;
}

interface WindowOf<R extends Row> {
  readonly items: readonly R[];
  readonly nextCursor: string | null;
}

/** Numbers of the windows that can have changed, or that any of them can. */
export type Touched = readonly number[] | "all";

/** A window that has taken in so many rows is fetched anew with all the others, in windows of the usual size. */
const MOST_ROWS = 1000;

/**
 * The list with one window fetched anew. What had come after its last row still does, and rows that moved into it are nowhere
 * else any more. Null where the old and the new do not meet: then nobody knows what lies between them.
 */
export function withWindow<R extends Row, Page extends WindowOf<R>>(
  { pages, pageParams }: Windows<Page>,
  start: string | null,
  fresh: Page,
): Windows<Page> | null {
  const at = pageParams.indexOf(start);
  if (at < 0) return null;
  const own = new Set(fresh.items.map((row) => row.id));
  const others = (part: readonly Page[]) => part.map((page) => without(page, own));
  const before = { pages: others(pages.slice(0, at)), pageParams: pageParams.slice(0, at) };
  const last = fresh.items.at(-1)?.id;
  const isAlone = at === pages.length - 1;
  if (fresh.nextCursor === null || last === undefined || isAlone)
    return { pages: [...before.pages, fresh], pageParams: [...before.pageParams, start] };
  const meets = pages.findIndex((page, place) => place >= at && page.items.some((row) => row.id === last));
  const met = pages[meets];
  if (met === undefined) return null;
  const rest = met.items.slice(met.items.findIndex((row) => row.id === last) + 1);
  const items = [...fresh.items, ...rest.filter((row) => !own.has(row.id))];
  if (items.length > MOST_ROWS) return null;
  return {
    pages: [
      ...before.pages,
      { ...fresh, items, nextCursor: met.nextCursor },
      ...others(pages.slice(meets + 1)),
    ],
    pageParams: [...before.pageParams, start, ...pageParams.slice(meets + 1)],
  };
}

const without = <R extends Row, Page extends WindowOf<R>>(page: Page, ids: ReadonlySet<string>): Page =>
  page.items.some((row) => ids.has(row.id))
    ? { ...page, items: page.items.filter((row) => !ids.has(row.id)) }
    : page;

interface ListedChange extends Row {
  readonly targetId: string;
  readonly groupId: string;
}

/** Ops after which rows of the timeline that were there before read as they did, unless they are of the same group. */
const TITLES_STAY: ReadonlySet<string> = new Set(["create", "observe", "link", "member", "pin", "archive"]);

/** New changes come first. Earlier ones read otherwise when their standing moved, their group grew, or what they are about got another name. */
export function touchedChanges(
  windows: Windows<WindowOf<ListedChange>>,
  { ops, groups, targets, standing }: Moved,
): Touched {
  if (standing || ops.has("revert") || ops.has("purge")) return "all";
  const isRenaming = [...ops].some((op) => !TITLES_STAY.has(op));
  if (isRenaming && targets === null) return "all";
  return firstAnd(
    windows,
    (row) => groups.has(row.groupId) || (isRenaming && targets?.has(row.targetId) === true),
  );
}

/** Ops that only add a memory, or move one in its place: none by which it comes into a list of active memories from elsewhere. */
const IN_PLACE: ReadonlySet<string> = new Set([
  ...["create", "edit", "set", "observe", "pin", "quarantine", "supersede", "contest", "merge", "member"],
  ...["archive", "delete", "link", "tune", "decline"],
  ...["introduce", "rename", "retype", "alias", "relate", "weigh", "hide"],
]);

/** New memories come first where the newest do. Where any row may move to any place, or come in at any, all windows are asked for. */
export function touchedMemories(
  windows: Windows<WindowOf<Row>>,
  moved: Moved,
  { q, filter, lifecycle = "active", sort = "newest" }: MemoryListInput,
): Touched {
  const { ops, memories } = moved;
  if (memories === null || sort !== "newest") return "all";
  const isPlain = lifecycle === "active" && q === undefined && filter === undefined;
  const staysOut = isPlain ? IN_PLACE : new Set(["create"]);
  if ([...ops].some((op) => !staysOut.has(op))) return "all";
  return firstAnd(windows, (row) => memories.has(row.id));
}

/** The first window tells counts as well, so it is always asked for. */
function firstAnd<R extends Row>(
  { pages }: Windows<WindowOf<R>>,
  isTouched: (row: R) => boolean,
): readonly number[] {
  return pages.flatMap((page, place) => (place === 0 || page.items.some(isTouched) ? [place] : []));
}
