import { replaceEqualDeep } from "@tanstack/react-query";

interface Row {
  readonly id: string;
}
interface Windows {
  readonly pages: readonly { readonly items: readonly Row[] }[];
}

/**
 * A list that was asked for again, with every row that reads as before being the object it was, wherever it stands now. By
 * default places are compared, so that one new row at the top would have all others drawn anew.
 */
export function sharedRows(before: unknown, after: unknown): unknown {
  if (!isWindows(before) || !isWindows(after)) return after;
  const asIs = replaceEqualDeep(before, after);
  if (asIs === before) return before;
  const known = new Map(before.pages.flatMap(({ items }) => items.map((row) => [row.id, row] as const)));
  const shared = (row: Row): Row => replaceEqualDeep(known.get(row.id), row);
  return { ...after, pages: after.pages.map((page) => ({ ...page, items: page.items.map(shared) })) };
}

const isWindows = (data: unknown): data is Windows =>
  typeof data === "object" && data !== null && "pages" in data && Array.isArray(data.pages);
