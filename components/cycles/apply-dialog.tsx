"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useState } from "react";
import { BlastRadius } from "@/components/ui/blast-radius";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { CallOutput } from "@/lib/client/api";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import type { Cycle } from "./cycle-words";
import { decisionBody, type Comments, type Decisions } from "./decisions";
import { useDecide } from "./use-decide";

export interface ApplyDialogProps {
  readonly cycle: Cycle;
  readonly decisions: Decisions;
  readonly comments: Comments;
  readonly onOpenChange: (open: boolean) => void;
  readonly onDone: () => void;
}

/** What the decisions would do together, computed by the act itself and thrown away, and then the act. */
export function ApplyDialog({ cycle, decisions, comments, onOpenChange, onDone }: ApplyDialogProps) {
  const [reason, setReason] = useState("");
  const body = decisionBody(decisions, comments);
  const preview = useQuery(queries.decisionPreview(cycle.id, body));
  const decide = useDecide();
  const approved = body.approve?.length ?? 0;
  const declined = decisions.size - approved;
  const apply = () => {
    const given = reason.trim() === "" ? body : { ...body, reason: reason.trim() };
    decide.send(cycle.id, given, () => {
      onOpenChange(false);
      onDone();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="lg"
      title={
        approved === 0 ? `Decline ${plural(declined, "proposal")}?` : `Apply ${plural(approved, "proposal")}?`
      }
      description="This is what it would do; nothing is written yet. Any of it can be taken back afterwards."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            busy={decide.isPending}
            disabled={preview.data === undefined || preview.isFetching}
            onClick={apply}
          >
            {decide.isPending ? null : <Check aria-hidden />}
            {approved === 0 ? `Decline ${declined}` : `Apply ${approved}`}
            {approved > 0 && declined > 0 ? `, decline ${declined}` : ""}
          </Button>
        </>
      }
    >
      <DataPanel query={preview} failureTitle="The effect could not be computed">
        {(data) => (
          <div className="flex flex-col gap-5">
            <Failed answer={data} />
            {approved === 0 ? (
              <p className="text-sm text-pretty">
                No memory changes. What is declined is not proposed again for a while; what is never to be
                asked about again stays settled. Either can be taken back.
              </p>
            ) : (
              <BlastRadius {...data} hrefOf={memoryHref} />
            )}
          </div>
        )}
      </DataPanel>
      <div className="mt-5">
        <Field label="Reason" hint="Kept with every decision that has no comment of its own. May stay empty.">
          {(ids) => (
            <Textarea {...ids} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

interface Aimed {
  readonly targetType: string;
  readonly targetId: string;
}

export function memoryHref({ targetType, targetId }: Aimed): string | undefined {
  return targetType === "memory" ? `/memories/${encodeURIComponent(targetId)}` : undefined;
}

/** A target that moved since it was looked at makes its proposal fail, not the others. */
function Failed({ answer: { failed, cycle } }: { readonly answer: CallOutput<"proposals.decide"> }) {
  if (failed.length === 0) return null;
  const titleOf = (id: string) => cycle.proposals.find((proposal) => proposal.id === id)?.title ?? id;
  return (
    <div role="alert" className="rounded-md bg-loss-soft px-3 py-2 text-sm">
      <p className="font-medium text-loss">{plural(failed.length, "proposal")} cannot be applied any more:</p>
      <ul className="mt-1 flex flex-col gap-1">
        {failed.map(({ proposalId, message }) => (
          <li key={proposalId} className="break-words">
            {titleOf(proposalId)}: {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
