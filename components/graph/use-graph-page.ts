"use client";

import { useMemo, useRef, useState } from "react";
import { noSelection, type RowSelection } from "@/components/ui/row-selection";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { useDrawnGraph } from "./use-drawn-graph";
import { useGraphState, type View } from "./use-graph-state";
import { useReadingProgress } from "./use-reading-progress";

const here = { history: "replace" } as const;

/** What the page shows, what is chosen on it, and how both move. */
export function useGraphPage() {
  const [state, setState] = useGraphState();
  const [selection, setSelection] = useState<RowSelection>(noSelection);
  const [activeId, setActiveId] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const { query, drawn } = useDrawnGraph(state);
  useReadingProgress();
  const chosen = useMemo(
    () => drawn.nodes.filter((node) => selection.mode === "ids" && selection.ids.has(node.id)),
    [drawn, selection],
  );
  const selected = useMemo(() => new Set(chosen.map((node) => node.id)), [chosen]);
  const goTo = (entity: string | null) => {
    setSelection(noSelection);
    void setState({ entity, to: null, open: [], cycle: null });
  };
  const show = (view: View) => void setState({ view }, here);
  const expand = (...ids: readonly string[]) =>
    void setState({ open: [...new Set([...state.open, ...ids])] });
  const peek = (about: string | null) => void setState({ about }, here);
  const pick = (id: string, isMore: boolean) => {
    setActiveId(id);
    if (isMore) setSelection({ mode: "ids", ids: new Set([...selected, id]) });
    else peek(id);
  };
  const group = "Graph";
  useShortcuts([
    {
      keys: ["t"],
      label: "Picture or table",
      group,
      run: () => show(state.view === "table" ? "picture" : "table"),
    },
    { keys: ["f"], label: "Find an entity", group, run: () => search.current?.focus() },
    {
      keys: ["n"],
      label: "Show 25 neighbours of the row",
      group,
      run: () => (activeId === null ? undefined : expand(activeId)),
    },
  ]);
  return {
    state,
    query,
    drawn,
    search,
    middle: state.entity === null ? undefined : drawn.nodes.find((node) => node.depth === 0),
    selection,
    setSelection,
    chosen,
    selected,
    activeId,
    setActiveId,
    goTo,
    show,
    expand,
    peek,
    pick,
    setAt: (at: number | null) => void setState({ at: at === null ? null : Math.round(at) }, here),
    setMin: (min: number) => void setState({ min }),
    setCycle: (cycle: string | null) => void setState({ cycle, entity: null, to: null, open: [] }),
    showWay: (entity: string, to: string) => void setState({ entity, to, open: [], cycle: null }),
  };
}

export type GraphPageState = ReturnType<typeof useGraphPage>;
