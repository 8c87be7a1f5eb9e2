"use client";

import { Eraser } from "lucide-react";
import { useState } from "react";
import { useVerb, verbs } from "@/lib/client/mutations";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { showDone, showFailure } from "../ui/undo-toast";

/** The one thing that cannot be taken back, so it alone asks, and wants the id typed. */
export function MemoryPurge({ memoryId }: { readonly memoryId: string }) {
  const purge = useVerb(verbs.purgeMemory);
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const isConfirmed = typed.trim() === memoryId;
  const erase = () => {
    if (!isConfirmed) return;
    const body = { confirm: memoryId, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) };
    purge.mutate(
      { params: { id: memoryId }, body },
      {
        onSuccess: () => showDone("Erased for good"),
        onError: (error) => showFailure("The memory was not erased", error),
      },
    );
  };
  return (
    <Card
      title="Danger zone"
      description="Deleting can be undone. Erasing destroys the text for good, also in the ledger, and is meant for legal requests."
    >
      <Button onClick={() => setOpen(true)}>
        <Eraser aria-hidden className="text-loss" />
        Erase for good…
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Erase this memory for good?"
        description="Nobody can bring its text back: not the timeline, and no export from now on."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button variant="danger" disabled={!isConfirmed} busy={purge.isPending} onClick={erase}>
              Erase for good
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field label="Type the memory's id to confirm" hint={<code className="font-mono">{memoryId}</code>}>
            {(ids) => (
              <Input
                {...ids}
                data-autofocus
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
          <Field label="Reason" hint="Kept in the ledger; do not repeat what is erased.">
            {(ids) => <Input {...ids} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
        </div>
      </Dialog>
    </Card>
  );
}
