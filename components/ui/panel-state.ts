/** Which of its states a panel is in. An error is never shown as empty, and data that was there is never taken away. */

export interface QueryLike<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  /** Failures of this very question; 0 when it was never answered with one. */
  readonly errorUpdateCount: number;
  /** Milliseconds since the epoch; 0 while nothing was loaded. */
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

export type PanelState<Data> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "empty" }
  | { readonly kind: "emptyByFilter" }
  | { readonly kind: "ready"; readonly data: Data; readonly freshness: Freshness };

/** `outdated`: the last refresh failed and the data on screen is what was there before. */
export type Freshness = "fresh" | "refreshing" | "outdated";

export function panelState<Data>(
  query: Pick<QueryLike<Data>, "data" | "error" | "isFetching">,
  options: { readonly isEmpty: (data: Data) => boolean; readonly isFiltered: boolean },
): PanelState<Data> {
  const { data, error, isFetching } = query;
  if (data === undefined) return error ? { kind: "failed", error } : { kind: "loading" };
  const freshness = isFetching ? "refreshing" : error ? "outdated" : "fresh";
  if (freshness !== "outdated" && options.isEmpty(data)) {
    return { kind: options.isFiltered ? "emptyByFilter" : "empty" };
  }
  return { kind: "ready", data, freshness };
}
