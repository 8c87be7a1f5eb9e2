"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Redo2, Undo2 } from "lucide-react";
import { useState } from "react";
import { BlastRadius } from "@/components/ui/blast-radius";
import type { Effect } from "@/components/ui/effect-lines";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { showFailure } from "@/components/ui/undo-toast";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { ContaminationChoice, type ContaminationLevel } from "./contamination-choice";
import type { RevertAnswer, RevertTarget } from "./revert-target";
import { useRevert } from "./use-revert";

/** From so many changes on nobody is made to wait with the dialog open. */
const JOB_FROM = 100;

export interface RevertDialogProps {
  /** Null while nothing is to be taken back. */
  readonly target: RevertTarget | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onDone?: () => void;
  readonly title?: string;
  /** What is taken back is itself a revert, so that something comes into force again. */
  readonly isRedo?: boolean;
}

/** What taking it back would do, before it is done: registers, dependent changes, and the queries that would move. */
export function RevertDialog({ target, open, ...props }: RevertDialogProps) {
  if (target === null || !open) return null;
  return <OpenDialog key={JSON.stringify(target)} target={target} {...props} />;
}

type OpenDialogProps = Omit<RevertDialogProps, "target" | "open"> & { readonly target: RevertTarget };

function OpenDialog({ target, onOpenChange, onDone, isRedo = false, ...props }: OpenDialogProps) {
  const { title = isRedo ? "Redo this?" : "Take this back?" } = props;
  const [reason, setReason] = useState("");
  const [level, setLevel] = useState<ContaminationLevel>("none");
  const body = { ...target, ...(level === "none" ? {} : { contamination: level }) };
  // The choices stay in place while the effect of another one is computed.
  const preview = useQuery({ ...queries.revertPreview(body), placeholderData: keepPreviousData });
  const revert = useRevert(onDone);
  const count = preview.data?.reverted.length ?? 0;
  const confirm = () => {
    const whole = { ...body, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) };
    const work = count >= JOB_FROM ? revert.begin(whole) : revert.act(whole, isRedo);
    work.then(
      () => onOpenChange(false),
      (error: unknown) => showFailure("It could not be taken back", error),
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="lg"
      title={title}
      description="This is what it would do; nothing is written yet. It can be taken back like any other change."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            busy={revert.isPending}
            disabled={preview.data === undefined || preview.isFetching || count === 0}
            onClick={confirm}
          >
            {revert.isPending ? null : isRedo ? <Redo2 aria-hidden /> : <Undo2 aria-hidden />}
            {isRedo ? "Redo" : "Revert"} {plural(count, "change")}
          </Button>
        </>
      }
    >
      {preview.data?.contamination && preview.data.contamination.all > 0 ? (
        <div className="mb-5">
          <ContaminationChoice
            contamination={preview.data.contamination}
            level={level}
            onLevelChange={setLevel}
          />
        </div>
      ) : null}
      <DataPanel query={preview} failureTitle="The effect could not be computed">
        {(data) => (
          <div className="flex flex-col gap-5">
            <LeftAlone preview={data} />
            <BlastRadius {...data} hrefOf={hrefOf} />
          </div>
        )}
      </DataPanel>
      {count >= JOB_FROM ? (
        <p className="mt-5 rounded-md bg-sunken px-3 py-2 text-sm">
          So much goes on beside this page: the timeline shows how far it is, and when it is done what it
          touched is recomputed and compared.
        </p>
      ) : null}
      <div className="mt-5">
        <Field label="Reason" hint="Shown on the timeline. May stay empty.">
          {(ids) => (
            <Textarea {...ids} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

function hrefOf({ targetType, targetId }: Effect): string | undefined {
  if (targetType === "entity") return `/graph?entity=${encodeURIComponent(targetId)}`;
  return targetType === "memory" ? `/memories/${encodeURIComponent(targetId)}` : undefined;
}

/** A revert may find less to do than was chosen; it says so instead of counting silently. */
function LeftAlone({ preview }: { readonly preview: RevertAnswer }) {
  const notes = [
    ...(preview.reverted.length === 0
      ? ["Nothing is left to take back: all of it is reverted already."]
      : []),
    ...(preview.erased.length > 0
      ? [`${plural(preview.erased.length, "change")} belong to erased memories and stay as they are.`]
      : []),
  ];
  return notes.map((note) => (
    <p key={note} className="rounded-md bg-sunken px-3 py-2 text-sm">
      {note}
    </p>
  ));
}
