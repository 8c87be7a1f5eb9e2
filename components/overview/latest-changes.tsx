"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { CallOutput } from "@/lib/client/api";
import { ChangeList } from "../memory/change-list";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";

export interface LatestChangesProps {
  readonly changes: CallOutput<"metrics.overview">["latest"];
}

export function LatestChanges({ changes }: LatestChangesProps) {
  return (
    <Card
      title="Latest changes"
      description="Each can be taken back by itself, without touching the others."
      flush
      actions={
        <Button asChild size="sm" variant="ghost">
          <Link href="/timeline">
            Timeline
            <ArrowRight aria-hidden />
          </Link>
        </Button>
      }
    >
      {changes.length === 0 ? (
        <EmptyState title="Nothing has changed yet" />
      ) : (
        <ChangeList label="Latest changes" changes={changes} linkTarget />
      )}
    </Card>
  );
}
