"use client";

import { useVerb, verbs } from "@/lib/client/mutations";
import { loadAnew } from "../shell/load-anew";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { showDone, showFailure } from "../ui/undo-toast";
import type { Workspace } from "./workspaces";

export interface ArchiveWorkspaceDialogProps {
  readonly workspace: Workspace | null;
  readonly onClose: () => void;
}

/** Programs stop working with it at once, so this asks. */
export function ArchiveWorkspaceDialog({ workspace, onClose }: ArchiveWorkspaceDialogProps) {
  const update = useVerb(verbs.updateWorkspace);
  const confirm = () => {
    if (workspace === null) return;
    update.mutate(
      { params: { id: workspace.id }, body: { archived: true } },
      {
        onSuccess: () => {
          showDone(`${workspace.name} is put away`);
          onClose();
          // The server has moved this browser elsewhere.
          if (workspace.isCurrent) loadAnew("/settings?tab=workspaces");
        },
        onError: (error) => showFailure("It was not put away", error),
      },
    );
  };
  return (
    <Dialog
      open={workspace !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="sm"
      title={`Put ${workspace?.name ?? "it"} away?`}
      description="Every key of it is refused from the next call on, its people cannot enter it, and its cycles and webhooks rest. Nothing is deleted: open it again at any time."
      footer={
        <>
          <Button onClick={onClose}>Leave it open</Button>
          <Button variant="danger" busy={update.isPending} onClick={confirm}>
            Put away
          </Button>
        </>
      }
    />
  );
}
