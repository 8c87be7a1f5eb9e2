"use client";

import { LogOut, Redo2, Undo2 } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import type { CallOutput } from "@/lib/client/api";
import { formatDecimal, plural } from "@/lib/format/number";
import { SourcedText, SourceMark } from "./sourced-text";

export type Merge = CallOutput<"merges.list">["items"][number];

export interface MergeCardProps {
  readonly merge: Merge;
  readonly busyKey: string | null;
  readonly onLeave: (membershipId: string) => void;
  readonly onUnmerge: (merge: Merge) => void;
  readonly onRedo: (merge: Merge) => void;
}

const statuses = {
  inForce: { status: "live", label: "In force" },
  candidate: { status: "contested", label: "Candidate" },
  reverted: { status: "reverted", label: "Reverted" },
  suspended: { status: "suspended", label: "Suspended" },
} as const;

/** One merge: its text by source, its parts, and what takes one of them or all of it apart. */
export function MergeCard({ merge, busyKey, onLeave, onUnmerge, onRedo }: MergeCardProps) {
  const isInForce = merge.status === "inForce";
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <StatusBadge {...statuses[merge.status]} />
          {isInForce && merge.content !== merge.mergedText ? (
            <Badge tone="outline">Edited since</Badge>
          ) : null}
          <span className="num font-normal text-muted">
            {plural(merge.parts.length, "source")}
            {merge.similarity === null ? "" : `, least similar pair ${formatDecimal(merge.similarity)}`}
          </span>
          <RelativeTime at={merge.at} className="text-xs font-normal text-muted" focusable={false} />
        </span>
      }
      actions={
        merge.status === "reverted" ? (
          <Button size="sm" busy={busyKey === merge.id} onClick={() => onRedo(merge)}>
            <Redo2 aria-hidden />
            Redo
          </Button>
        ) : isInForce ? (
          <>
            <Button asChild size="sm" variant="ghost">
              <Link href={`/memories/${merge.resultId}`}>Open the result</Link>
            </Button>
            <Button size="sm" onClick={() => onUnmerge(merge)}>
              <Undo2 aria-hidden />
              Unmerge
            </Button>
          </>
        ) : undefined
      }
    >
      <SourcedText text={merge.content} sources={merge.parts.map((part) => part.content)} />
      <ol aria-label="Sources" className="mt-3 divide-y divide-line rounded-md border border-line bg-sunken">
        {merge.parts.map((part, index) => (
          <li key={part.memoryId} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2 text-sm">
            <SourceMark index={index} />
            <Link
              href={`/memories/${part.memoryId}`}
              className="min-w-0 flex-1 basis-48 rounded-xs break-words underline-offset-2 hover:underline"
            >
              {part.content}
            </Link>
            {part.member && part.membershipId !== null ? (
              <Button
                size="sm"
                variant="ghost"
                busy={busyKey === part.membershipId}
                aria-label={`Let this one leave: ${part.content.slice(0, 80)}`}
                onClick={() => part.membershipId !== null && onLeave(part.membershipId)}
              >
                <LogOut aria-hidden />
                Let this one leave
              </Button>
            ) : (
              <Badge tone="outline">stands alone</Badge>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
