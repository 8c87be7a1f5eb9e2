"use client";

import { FilterX, RotateCw, TriangleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { EmptyState } from "./empty-state";
import { describeFailure } from "./failure";
import { FailureNotice, RequestId } from "./failure-notice";
import { panelState, type QueryLike } from "./panel-state";
import { RelativeTime } from "./relative-time";
import { SkeletonRows } from "./skeleton";
import { useHydrated } from "./use-hydrated";

export interface DataPanelProps<Data> {
  /** A react-query result, or anything of its shape. */
  readonly query: QueryLike<Data>;
  readonly children: (data: Data) => ReactNode;
  /** The real layout, greyed; rows of bars when left out. */
  readonly skeleton?: ReactNode;
  readonly isEmpty?: (data: Data) => boolean;
  readonly empty?: ReactNode;
  /** Names of the filters in force; when there are any, an empty result says so and offers to clear them. */
  readonly filters?: readonly string[];
  readonly onClearFilters?: () => void;
  /** "The memories could not be loaded". */
  readonly failureTitle: string;
  readonly className?: string;
}

/** The four states of everything that is fetched: loading, empty, failed, and ready, which may be refreshing or outdated. */
export function DataPanel<Data>(props: DataPanelProps<Data>) {
  const { query, skeleton, empty, filters = [], onClearFilters, failureTitle, className } = props;
  const isEmpty = props.isEmpty ?? ((data: Data) => Array.isArray(data) && data.length === 0);
  const isHydrated = useHydrated();
  const error = useShownError(query);
  const known = isHydrated ? { ...query, error } : UNKNOWN;
  const state = panelState<Data>(known, { isEmpty, isFiltered: filters.length > 0 });
  const retry = () => void query.refetch();
  switch (state.kind) {
    case "loading":
      return (
        <div aria-busy className={cn("appear-late", className)}>
          <span role="status" className="sr-only">
            Loading
          </span>
          {skeleton ?? <SkeletonRows />}
        </div>
      );
    case "failed":
      return (
        <FailureNotice
          title={failureTitle}
          error={state.error}
          onRetry={retry}
          isRetrying={query.isFetching}
        />
      );
    case "empty":
      return <>{empty ?? <EmptyState title="Nothing here yet" />}</>;
    case "emptyByFilter":
      return <EmptyByFilter filters={filters} {...(onClearFilters ? { onClear: onClearFilters } : {})} />;
    case "ready":
      return (
        <div aria-busy={state.freshness === "refreshing"} className={cn("relative", className)}>
          {state.freshness === "refreshing" ? <RefreshLine /> : null}
          {state.freshness === "outdated" ? (
            <OutdatedNotice error={query.error} updatedAt={query.dataUpdatedAt} onRetry={retry} />
          ) : null}
          <div
            className={cn("transition-opacity", state.freshness === "outdated" && "opacity-85 saturate-50")}
          >
            {props.children(state.data)}
          </div>
        </div>
      );
  }
}

/** What every panel was on the server. */
const UNKNOWN = { data: undefined, error: null, isFetching: true };

/** A failure stays on screen while it is tried again, though the query itself forgets it then. */
function useShownError<Data>(query: QueryLike<Data>): unknown {
  const [lastError, setLastError] = useState(query.error);
  if (query.error && query.error !== lastError) setLastError(query.error);
  return query.error ?? (query.data === undefined && query.errorUpdateCount > 0 ? lastError : null);
}

function RefreshLine() {
  return (
    <div
      aria-hidden
      className="appear-late pointer-events-none absolute inset-x-0 -top-px z-20 h-0.5 overflow-hidden"
    >
      <div className="h-full w-1/3 animate-sweep rounded-full bg-accent-mark" />
    </div>
  );
}

interface OutdatedNoticeProps {
  readonly error: unknown;
  readonly updatedAt: number;
  readonly onRetry: () => void;
}

function OutdatedNotice({ error, updatedAt, onRetry }: OutdatedNoticeProps) {
  const failure = describeFailure(error);
  return (
    <div
      role="alert"
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-loss-soft px-3 py-1.5 text-sm"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-loss" />
      <span className="min-w-0 flex-1 basis-72">
        Could not refresh: {failure.message} Showing what was loaded <RelativeTime at={updatedAt} />.
      </span>
      {failure.requestId ? <RequestId requestId={failure.requestId} /> : null}
      <Button size="sm" onClick={onRetry}>
        <RotateCw aria-hidden />
        Retry
      </Button>
    </div>
  );
}

interface EmptyByFilterProps {
  readonly filters: readonly string[];
  readonly onClear?: () => void;
}

function EmptyByFilter({ filters, onClear }: EmptyByFilterProps) {
  return (
    <EmptyState
      icon={FilterX}
      title="Nothing matches"
      action={
        onClear ? (
          <Button onClick={onClear}>
            <FilterX aria-hidden />
            Clear {filters.length === 1 ? "the filter" : "all filters"}
          </Button>
        ) : undefined
      }
    >
      Filtered by {filters.join(", ")}.
    </EmptyState>
  );
}
