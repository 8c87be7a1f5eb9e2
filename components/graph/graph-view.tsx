"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import type { EntityCanvasProps } from "./entity-canvas";
import type { EntityTableProps } from "./entity-table";
import { typeNames, typeTokens } from "./palette";
import type { EntityType } from "./scene";
import type { View } from "./use-graph-state";

const HEIGHT = "h-[min(36rem,calc(100dvh-18rem))] min-h-80";

// Only this page draws graphs, so only this page loads what draws them, and not before it does.
const EntityCanvas = dynamic(() => import("./entity-canvas"), {
  ssr: false,
  loading: () => <Skeleton className={HEIGHT} />,
});

const EntityTable = dynamic(() => import("./entity-table").then((module) => module.EntityTable), {
  ssr: false,
  loading: () => <Skeleton className={HEIGHT} />,
});

export interface GraphViewProps extends EntityCanvasProps, Omit<EntityTableProps, "drawn" | "atMs"> {
  readonly view: View;
}

/** The picture, or the table that holds the same; without WebGL the table alone, and it says why. */
export function GraphView({ view, ...props }: GraphViewProps) {
  const canDraw = useCanDraw();
  const { drawn, atMs, activeId, selection, onSelectionChange, onActiveChange, onOpen, onPeek } = props;
  const table = (
    <EntityTable
      {...{ drawn, atMs, activeId, selection, onSelectionChange, onActiveChange, onOpen, onPeek }}
    />
  );
  if (view === "table") return table;
  if (canDraw === false)
    return (
      <div className="flex flex-col gap-3">
        <p role="status" className="rounded-md bg-sunken px-3 py-2 text-sm">
          This browser cannot draw the picture, because WebGL is off or missing. The table holds the same.
        </p>
        {table}
      </div>
    );
  const { summary, middleId, selected, path, onPick, onExpand } = props;
  return (
    <div className="relative overflow-hidden rounded-lg border border-line bg-surface">
      <div className={HEIGHT}>
        {canDraw === null ? null : (
          <EntityCanvas {...{ drawn, atMs, summary, middleId, selected, path, onPick, onExpand }} />
        )}
      </div>
      <Legend shown={new Set(drawn.nodes.map((node) => node.type))} />
    </div>
  );
}

function Legend({ shown }: { readonly shown: ReadonlySet<EntityType> }) {
  // The keys of a record of every type.
  const types = (Object.keys(typeNames) as EntityType[]).filter((type) => shown.has(type));
  return (
    <ul
      aria-label="Colours of the types"
      className="pointer-events-none absolute bottom-2 left-2 flex flex-wrap gap-x-3 gap-y-1 rounded-md bg-overlay px-2 py-1 text-xs text-muted"
    >
      {types.map((type) => (
        <li key={type} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="forced-mark size-2.5 rounded-full"
            style={{ backgroundColor: `var(${typeTokens[type]})` }}
          />
          {typeNames[type]}
        </li>
      ))}
    </ul>
  );
}

let canDraw: boolean | undefined;

/** null on the server. */
function useCanDraw(): boolean | null {
  return useSyncExternalStore(
    () => () => undefined,
    () => (canDraw ??= document.createElement("canvas").getContext("webgl2") !== null),
    () => null,
  );
}
