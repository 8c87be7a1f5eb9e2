"use client";

import { ArrowRight, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfidenceMeter } from "@/components/ui/confidence-meter";
import { showFailure } from "@/components/ui/undo-toast";
import { formatDecimal } from "@/lib/format/number";
import type { Judgement, Judgements } from "./use-judgements";

export interface WhatMovedProps {
  readonly judgements: Judgements;
  readonly labelOf: (memoryId: string) => string;
}

/** What each judgement has just moved, with the way back beside it. */
export function WhatMoved({ judgements, labelOf }: WhatMovedProps) {
  return (
    <div aria-live="polite" className="empty:-mt-4">
      {judgements.list.length > 0 ? (
        <Card title="What your judgement moved" flush className="overflow-hidden">
          <ul aria-label="Judgements" className="divide-y divide-line border-t border-line">
            {judgements.list.map((judgement) => (
              <li key={judgement.signalId} className="px-(--card-pad) py-3 compact:py-2">
                <JudgementRow
                  judgement={judgement}
                  onUndo={() => judgements.undo(judgement)}
                  labelOf={labelOf}
                />
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  );
}

interface JudgementRowProps {
  readonly judgement: Judgement;
  readonly onUndo: () => Promise<void>;
  readonly labelOf: (memoryId: string) => string;
}

function JudgementRow({ judgement, onUndo, labelOf }: JudgementRowProps) {
  const { title, credited, groupId, isUndone } = judgement;
  const [isBusy, setBusy] = useState(false);
  const undo = () => {
    setBusy(true);
    onUndo()
      .catch((error: unknown) => showFailure("It could not be taken back", error))
      .finally(() => setBusy(false));
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm font-medium">Noted: {title}</span>
        <span className="flex-1" />
        {isUndone ? (
          <Badge tone="reverted">Taken back</Badge>
        ) : groupId === null ? null : (
          <Button size="sm" busy={isBusy} onClick={undo}>
            {isBusy ? null : <Undo2 aria-hidden />}
            Undo
          </Button>
        )}
      </div>
      {credited.length === 0 ? (
        <p className="text-sm text-muted">Kept, but it moved no memory: nothing here could be credited.</p>
      ) : null}
      <ul className={isUndone ? "flex flex-col gap-2 opacity-60" : "flex flex-col gap-2"}>
        {credited.map((credit) => (
          <li key={credit.changeId} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <Link
              href={`/memories/${credit.memoryId}`}
              className="min-w-0 flex-1 basis-60 truncate rounded-xs underline-offset-2 hover:underline"
            >
              {labelOf(credit.memoryId)}
            </Link>
            <ConfidenceMeter confidence={credit.after} before={credit.before} detailed size="sm" />
            <RankMoved before={credit.rankBefore ?? null} after={credit.rankAfter ?? null} />
            <span className="num text-xs text-muted">
              {credit.weight < 0 ? "against" : "for"} {formatDecimal(Math.abs(credit.weight))} obs.
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function RankMoved({ before, after }: { readonly before: number | null; readonly after: number | null }) {
  if (before === null && after === null) return null;
  return (
    <span className="num inline-flex items-center gap-1 text-xs">
      <span className="text-muted">rank</span>
      {before === after ? (
        <>{after}, as before</>
      ) : (
        <>
          {before ?? "–"}
          <ArrowRight aria-label="to" className="size-3 text-muted" />
          <strong className="font-semibold">{after ?? "not shown"}</strong>
        </>
      )}
    </span>
  );
}
