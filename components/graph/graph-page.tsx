"use client";

import { useState } from "react";
import { useReadOnly } from "@/components/shell/use-read-only";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { laterDialog, laterPanel } from "@/components/ui/later-dialog";
import { Page, PageHeader } from "@/components/ui/page-header";
import { noSelection } from "@/components/ui/row-selection";
import { plural } from "@/lib/format/number";
import { Drawing } from "./drawing";
import { GraphControls } from "./graph-controls";
import type { Named } from "./merge-entities-dialog";
import { SelectionBar } from "./selection-bar";
import { useGraphPage } from "./use-graph-page";

const AddEntityDialog = laterDialog(() =>
  import("./add-entity-dialog").then((module) => module.AddEntityDialog),
);
const EntityPanel = laterPanel(
  () => import("./entity-panel").then((module) => module.EntityPanel),
  ({ entityId }) => entityId !== null,
);
const MergeEntitiesDialog = laterPanel(
  () => import("./merge-entities-dialog").then((module) => module.MergeEntitiesDialog),
  ({ source }) => source !== null,
);

/** What is known about an entity, how two are connected, and what people say of names. */
export function GraphPage() {
  const page = useGraphPage();
  const [joining, setJoining] = useState<readonly Named[]>([]);
  const [isAdding, setAdding] = useState(false);
  const isReadOnly = useReadOnly();
  const { state, query, chosen, goTo, expand, peek } = page;
  const closeJoin = (into: Named | null) => {
    setJoining([]);
    if (into === null) return;
    page.setSelection(noSelection);
    peek(into.id);
  };
  return (
    <Page wide>
      <PageHeader
        title="Graph"
        aside={query.data === undefined ? undefined : plural(query.data.total, "entity", "entities")}
        description="The names that the memories hold, and what they say of each other. All of it follows the texts; what you correct is a change that can be taken back."
        actions={
          <Button disabled={isReadOnly} onClick={() => setAdding(true)}>
            Add an entity
          </Button>
        }
      />
      <Card>
        <div className="flex flex-col gap-3">
          <GraphControls
            view={state.view}
            onView={page.show}
            min={state.min}
            onMin={page.setMin}
            cycle={state.cycle}
            onCycle={page.setCycle}
            onFind={(entity) => goTo(entity.id)}
            searchRef={page.search}
          />
          <Drawing page={page} />
        </div>
      </Card>
      <SelectionBar
        chosen={chosen}
        onClear={() => page.setSelection(noSelection)}
        onWay={([from, to]) => page.showWay(from.id, to.id)}
        onJoin={setJoining}
        onExpand={(nodes) => expand(...nodes.map((node) => node.id))}
      />
      <EntityPanel
        entityId={state.about}
        onClose={() => peek(null)}
        onGo={peek}
        onExpand={expand}
        onMiddle={goTo}
        onJoin={(source) => setJoining([source])}
      />
      <MergeEntitiesDialog
        key={joining.map(({ id }) => id).join()}
        source={joining[0] ?? null}
        into={joining[1] ?? null}
        onClose={closeJoin}
      />
      <AddEntityDialog open={isAdding} onOpenChange={setAdding} />
    </Page>
  );
}
