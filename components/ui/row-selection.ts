/** Which rows are selected: by their ids, or all rows of a query but some. Pure, so that no page has its own rules. */

export type RowSelection =
  | { readonly mode: "ids"; readonly ids: ReadonlySet<string> }
  | { readonly mode: "query"; readonly except: ReadonlySet<string> };

export const noSelection: RowSelection = { mode: "ids", ids: new Set() };
/** Every row the server's query matches, also those that were never loaded. */
export const allMatching: RowSelection = { mode: "query", except: new Set() };

export function isSelected(selection: RowSelection, id: string): boolean {
  return selection.mode === "ids" ? selection.ids.has(id) : !selection.except.has(id);
}

export function toggleRow(selection: RowSelection, id: string): RowSelection {
  const marked = new Set(selection.mode === "ids" ? selection.ids : selection.except);
  if (!marked.delete(id)) marked.add(id);
  return selection.mode === "ids" ? { mode: "ids", ids: marked } : { mode: "query", except: marked };
}

/** Selects everything between the two rows, ends included; a row that is not in the order leaves the selection as it is. */
export function selectRange(
  selection: RowSelection,
  order: readonly string[],
  ends: readonly [from: string, to: string],
): RowSelection {
  const [one, other] = [order.indexOf(ends[0]), order.indexOf(ends[1])];
  if (one < 0 || other < 0) return selection;
  const between = order.slice(Math.min(one, other), Math.max(one, other) + 1);
  if (selection.mode === "ids") return { mode: "ids", ids: new Set([...selection.ids, ...between]) };
  return { mode: "query", except: new Set([...selection.except].filter((id) => !between.includes(id))) };
}

/** Null while the number of matching rows is unknown and the selection needs it. */
export function selectedCount(selection: RowSelection, matchingCount: number | null): number | null {
  if (selection.mode === "ids") return selection.ids.size;
  return matchingCount === null ? null : Math.max(0, matchingCount - selection.except.size);
}

/** The header's box over the loaded rows. */
export function headerState(selection: RowSelection, loaded: readonly string[]): boolean | "indeterminate" {
  const chosen = loaded.filter((id) => isSelected(selection, id)).length;
  if (chosen === 0) return false;
  return chosen === loaded.length ? true : "indeterminate";
}

export function toggleAll(selection: RowSelection, loaded: readonly string[]): RowSelection {
  return headerState(selection, loaded) === false ? { mode: "ids", ids: new Set(loaded) } : noSelection;
}
