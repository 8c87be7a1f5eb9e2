"use client";

import { ArrowRight, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { formatDecimal, plural } from "@/lib/format/number";
import { causeLook, type FailureCause } from "../charts/failure-causes-shape";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { RelativeTime } from "../ui/relative-time";
import { mendsOf, type Failure } from "./cause-words";

export interface FailureListProps {
  /** The newest of them. */
  readonly failures: readonly Failure[];
  readonly failed: number;
  /** Only of this cause; null for all. */
  readonly cause: FailureCause | null;
  readonly onAllCauses: () => void;
}

const FIRST_LISTED = 15;

/** The failed questions themselves, each with what its cause rests on and the way to mend it. */
export function FailureList({ failures, failed, cause, onAllCauses }: FailureListProps) {
  const shown = cause === null ? failures : failures.filter((failure) => failure.cause === cause);
  const [isOpen, setOpen] = useState(false);
  const listed = isOpen ? shown : shown.slice(0, FIRST_LISTED);
  return (
    <Card
      flush
      className="overflow-hidden"
      title={
        cause === null ? "Failed questions" : `Failed questions: ${causeLook[cause].label.toLowerCase()}`
      }
      description={
        failed > failures.length
          ? `${shown.length} of the newest ${failures.length} failures`
          : plural(shown.length, "failure")
      }
      actions={
        cause === null ? undefined : (
          <Button size="sm" onClick={onAllCauses}>
            <X aria-hidden />
            Show all causes
          </Button>
        )
      }
    >
      {shown.length === 0 ? (
        <p className="border-t border-line px-(--card-pad) py-3 text-sm text-muted">
          None of the newest {failures.length} failures has this cause.
        </p>
      ) : (
        <ul aria-label="Failed questions" className="divide-y divide-line border-t border-line">
          {listed.map((failure) => (
            <li key={failure.signalId} className="px-(--card-pad) py-3 compact:py-2">
              <FailureRow failure={failure} />
            </li>
          ))}
        </ul>
      )}
      {listed.length < shown.length ? (
        <div className="flex justify-center border-t border-line p-3">
          <Button onClick={() => setOpen(true)}>Show all {shown.length}</Button>
        </div>
      ) : null}
    </Card>
  );
}

function FailureRow({ failure }: { readonly failure: Failure }) {
  const mends = mendsOf(failure);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link
          href={`/recall?q=${encodeURIComponent(failure.query)}`}
          className="min-w-0 flex-1 basis-60 rounded-xs text-sm font-medium text-pretty break-words underline-offset-2 hover:underline"
        >
          {failure.query}
        </Link>
        <span className="flex items-center gap-2 text-xs text-muted">
          <Badge tone="outline">{causeLook[failure.cause].label}</Badge>
          <span className="num">outcome {formatDecimal(failure.outcome)}</span>
          <RelativeTime at={failure.at} focusable={false} />
        </span>
      </div>
      {failure.cause === "model" ? <Useful memories={failure.memories} /> : null}
      {mends.length === 0 ? null : (
        <ul aria-label="Ways to mend it" className="flex flex-col gap-0.5 text-sm">
          {mends.map((mend) => (
            <li key={mend.href} className="flex min-w-0 items-center gap-1.5">
              <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
              <Link
                href={mend.href}
                className="truncate rounded-xs text-accent underline-offset-2 hover:underline"
              >
                {mend.label}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Useful({ memories }: Pick<Failure, "memories">) {
  return (
    <div className="flex items-baseline gap-2 text-xs text-muted">
      <span className="shrink-0">It was given</span>
      <ul className="flex min-w-0 flex-col gap-0.5">
        {memories.map(({ memoryId, label }) => (
          <li key={memoryId} className="flex min-w-0">
            <Link
              href={`/memories/${memoryId}`}
              className="truncate rounded-xs text-accent underline-offset-2 hover:underline"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
