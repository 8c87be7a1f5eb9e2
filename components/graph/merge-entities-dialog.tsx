"use client";

import { useQuery } from "@tanstack/react-query";
import { Equal } from "lucide-react";
import { useState } from "react";
import { BlastRadius } from "@/components/ui/blast-radius";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { Dialog } from "@/components/ui/dialog";
import { queries } from "@/lib/client/queries";
import { EntitySearch } from "./entity-search";
import { useNameEdits } from "./use-name-edits";

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface MergeEntitiesDialogProps {
  /** null: closed. */
  readonly source: Named | null;
  /** Known when two were chosen; else a person looks for it here. */
  readonly into: Named | null;
  readonly onClose: (joinedInto: Named | null) => void;
}

/** Says that two names are one entity, after showing what would change and which recalls would move. */
export function MergeEntitiesDialog({ source, ...rest }: MergeEntitiesDialogProps) {
  return source === null ? null : <OpenDialog source={source} {...rest} />;
}

function OpenDialog({ source, into, onClose }: MergeEntitiesDialogProps & { readonly source: Named }) {
  const [found, setFound] = useState<Named | null>(null);
  const [isTurned, setTurned] = useState(false);
  const edits = useNameEdits();
  const other = into ?? found;
  const [alias, meant] = isTurned ? [other, source] : [source, other];
  const body = { sources: [alias?.id ?? ""], into: meant?.id ?? "" };
  const preview = useQuery({ ...queries.entityMergePreview(body), enabled: other !== null });
  const confirm = async () => {
    if (alias === null || meant === null) return;
    if (await edits.mergeEntities(body, `${alias.name} is ${meant.name}`)) onClose(meant);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose(null))}
      size="lg"
      title="Same entity"
      description="One name becomes another name of the other. The texts stay as they are, and the two can be split again."
      footer={
        <>
          <Button onClick={() => onClose(null)}>Cancel</Button>
          <Button
            variant="primary"
            busy={edits.isBusy}
            disabled={preview.data === undefined}
            onClick={() => void confirm()}
          >
            <Equal aria-hidden />
            Join
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {other === null || meant === null || alias === null ? (
          <EntitySearch
            label={`Which entity is ${source.name}?`}
            excluded={[source.id]}
            onChoose={setFound}
          />
        ) : (
          <p className="flex flex-wrap items-center gap-2 text-base">
            <strong>{alias.name}</strong> is another name of <strong>{meant.name}</strong>
            <Button size="sm" onClick={() => setTurned(!isTurned)}>
              The other way round
            </Button>
          </p>
        )}
        {other === null ? null : (
          <DataPanel query={preview} failureTitle="These cannot be joined">
            {({ effects, blastRadius }) => <BlastRadius effects={effects} blastRadius={blastRadius} />}
          </DataPanel>
        )}
      </div>
    </Dialog>
  );
}
