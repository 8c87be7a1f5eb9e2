"use client";

import { useQuery } from "@tanstack/react-query";
import { Crosshair, Equal, EyeOff, PlusCircle, Waypoints } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Writable } from "@/components/shell/writable";
import { Button } from "@/components/ui/button";
import { ConfidenceMeter } from "@/components/ui/confidence-meter";
import { DataPanel } from "@/components/ui/data-panel";
import { Sheet } from "@/components/ui/sheet";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { EntityNames } from "./entity-names";
import type { Named } from "./merge-entities-dialog";
import { RelateDialog } from "./relate-dialog";
import { RelationList } from "./relation-list";
import { useNameEdits } from "./use-name-edits";

export interface EntityPanelProps {
  /** null: closed. */
  readonly entityId: string | null;
  readonly onClose: () => void;
  readonly onGo: (id: string) => void;
  readonly onExpand: (id: string) => void;
  readonly onMiddle: (id: string) => void;
  readonly onJoin: (source: Named) => void;
}

type Entity = CallOutput<"entities.get">;

/** What is known of one entity, beside the graph: its names, what it is related with, and the memories that say so. */
export function EntityPanel(props: EntityPanelProps) {
  const { entityId, onClose } = props;
  const query = useQuery({ ...queries.entity(entityId ?? ""), enabled: entityId !== null });
  return (
    <Sheet
      peek
      open={entityId !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={query.data?.entity.name ?? "Entity"}
      description={query.data ? plural(query.data.entity.memories, "memory", "memories") : undefined}
      footer={query.data ? <PanelActions {...props} entity={query.data.entity} /> : null}
    >
      <DataPanel query={query} failureTitle="The entity could not be loaded">
        {(data) => <Known data={data} onGo={props.onGo} />}
      </DataPanel>
    </Sheet>
  );
}

function Known({ data, onGo }: { readonly data: Entity; readonly onGo: (id: string) => void }) {
  const { entity, relations, memories } = data;
  const edits = useNameEdits();
  return (
    <div className="flex flex-col gap-5">
      <Writable>
        <EntityNames key={entity.id} entity={entity} edits={edits} />
        <section aria-label="Relations of it">
          <h3 className="mb-1 text-sm font-semibold">Relations</h3>
          <RelationList of={entity.id} relations={relations} edits={edits} onGo={onGo} />
        </section>
      </Writable>
      <section aria-label="Memories that name it">
        <h3 className="mb-1 text-sm font-semibold">Memories that name it</h3>
        {memories.length === 0 ? (
          <p className="text-sm text-muted">No text names it; a person added it.</p>
        ) : null}
        <ul className="divide-y divide-line">
          {memories.map((memory) => (
            <li key={memory.id} className="flex items-center gap-3 py-2 text-sm">
              <Link
                href={`/memories/${memory.id}`}
                className="line-clamp-2 min-w-0 flex-1 rounded-xs underline-offset-2 hover:underline"
              >
                {memory.label}
              </Link>
              <ConfidenceMeter confidence={memory.confidence} size="sm" />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function PanelActions({
  entity,
  onExpand,
  onMiddle,
  onJoin,
  onClose,
}: EntityPanelProps & { readonly entity: Entity["entity"] }) {
  const [isRelating, setRelating] = useState(false);
  const edits = useNameEdits();
  const hide = async () => {
    if (await edits.editEntity(entity.id, { hidden: true }, `Hid ${entity.name}`)) onClose();
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" onClick={() => onMiddle(entity.id)}>
        <Crosshair aria-hidden />
        Make it the middle
      </Button>
      <Button size="sm" onClick={() => onExpand(entity.id)}>
        <PlusCircle aria-hidden />
        25 neighbours
      </Button>
      <Writable>
        <Button size="sm" onClick={() => setRelating(true)}>
          <Waypoints aria-hidden />
          Add a relation
        </Button>
        <Button size="sm" onClick={() => onJoin(entity)}>
          <Equal aria-hidden />
          Same as…
        </Button>
        <Button size="sm" onClick={() => void hide()}>
          <EyeOff aria-hidden />
          Hide
        </Button>
      </Writable>
      <RelateDialog from={entity} open={isRelating} onOpenChange={setRelating} />
    </div>
  );
}
