"use client";

import { Waypoints } from "lucide-react";
import { DataPanel } from "@/components/ui/data-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { Communities } from "./communities";
import { summaryOf } from "./drawn-graph";
import { GraphView } from "./graph-view";
import { TimeSlider } from "./time-slider";
import type { GraphPageState } from "./use-graph-page";
import { WhereAmI } from "./where-am-i";

/** What was asked for, as a picture or as a table, with the time at which it is looked at. */
export function Drawing({ page }: { readonly page: GraphPageState }) {
  const { state, query, drawn, middle, selected, goTo } = page;
  const filters =
    state.cycle === null ? {} : { filters: ["what this cycle changed"], onClearFilters: () => goTo(null) };
  return (
    <DataPanel
      query={query}
      failureTitle="The graph could not be loaded"
      isEmpty={({ nodes, total }) => nodes.length === 0 && (total === 0 || state.cycle !== null)}
      {...filters}
      empty={
        <EmptyState icon={Waypoints} title="No names yet">
          Entities appear when memories name people, places, organizations or things. Add a memory, or import
          some.
        </EmptyState>
      }
    >
      {(answer) => (
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
            <WhereAmI answer={answer} state={state} drawn={drawn} onGo={goTo} />
            {answer.from === null || answer.until === null ? null : (
              <TimeSlider
                fromMs={Date.parse(answer.from)}
                untilMs={Date.parse(answer.until)}
                atMs={state.at}
                onChange={page.setAt}
              />
            )}
          </div>
          <GraphView
            view={state.view}
            drawn={drawn}
            summary={summaryOf(drawn, middle)}
            atMs={state.at}
            middleId={middle?.id ?? null}
            selected={selected}
            path={answer.path ?? NO_PATH}
            activeId={page.activeId}
            selection={page.selection}
            onSelectionChange={page.setSelection}
            onActiveChange={page.setActiveId}
            onPick={page.pick}
            onExpand={page.expand}
            onOpen={(node) => goTo(node.id)}
            onPeek={(node) => page.peek(node.id)}
          />
          <Communities communities={answer.communities} onGo={goTo} />
        </div>
      )}
    </DataPanel>
  );
}

const NO_PATH: readonly string[] = [];
