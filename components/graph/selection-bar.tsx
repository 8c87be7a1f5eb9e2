"use client";

import { Equal, PlusCircle, Route } from "lucide-react";
import { useReadOnly } from "@/components/shell/use-read-only";
import { BulkBar } from "@/components/ui/bulk-bar";
import { Button } from "@/components/ui/button";
import { ToolbarItem } from "@/components/ui/toolbar";
import type { GraphNode } from "./drawn-graph";

export interface SelectionBarProps {
  readonly chosen: readonly GraphNode[];
  readonly onClear: () => void;
  readonly onWay: (ends: readonly [GraphNode, GraphNode]) => void;
  readonly onJoin: (pair: readonly GraphNode[]) => void;
  readonly onExpand: (nodes: readonly GraphNode[]) => void;
}

/** What can be done with chosen entities: two can be connected, or be one. */
export function SelectionBar({ chosen, onClear, onWay, onJoin, onExpand }: SelectionBarProps) {
  const isReadOnly = useReadOnly();
  const [first, second, ...more] = chosen;
  const pair = first && second && more.length === 0 ? ([first, second] as const) : null;
  return (
    <BulkBar selectedCount={chosen.length} matchingCount={null} onClear={onClear}>
      <ToolbarItem>
        <Button size="sm" disabled={pair === null} onClick={() => (pair ? onWay(pair) : undefined)}>
          <Route aria-hidden />
          Show the way
        </Button>
      </ToolbarItem>
      <ToolbarItem>
        <Button
          size="sm"
          disabled={pair === null || isReadOnly}
          onClick={() => (pair ? onJoin(pair) : undefined)}
        >
          <Equal aria-hidden />
          Same entity…
        </Button>
      </ToolbarItem>
      <ToolbarItem>
        <Button size="sm" onClick={() => onExpand(chosen)}>
          <PlusCircle aria-hidden />
          25 neighbours each
        </Button>
      </ToolbarItem>
    </BulkBar>
  );
}
