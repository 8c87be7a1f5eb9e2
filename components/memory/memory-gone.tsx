"use client";

import { Eraser, Redo2, SearchX } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { ApiError } from "@/lib/client/api-error";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Page, PageHeader } from "../ui/page-header";
import { MemoryCrumbs } from "./memory-crumbs";
import { RevertDialog } from "../timeline/revert-dialog-later";

export interface MemoryGoneProps {
  readonly memoryId: string;
  readonly error: ApiError;
}

/** The page of a memory that is not there: erased, taken back, or never known. */
export function MemoryGone({ memoryId, error }: MemoryGoneProps) {
  const revertedBy = error.fields.extra["revertedBy"];
  return (
    <Page>
      <PageHeader title="Memory" crumbs={<MemoryCrumbs />} />
      <Card>
        {error.code === "erased" ? (
          <EmptyState
            icon={Eraser}
            title="This memory was erased"
            action={
              <Button asChild>
                <Link href="/memories">All memories</Link>
              </Button>
            }
          >
            Its text was destroyed on request and cannot come back. Only the fact that it existed is kept.
          </EmptyState>
        ) : typeof revertedBy === "string" ? (
          <TakenBack memoryId={memoryId} revertedBy={revertedBy} />
        ) : (
          <EmptyState
            icon={SearchX}
            title="There is no such memory here"
            action={
              <Button asChild>
                <Link href="/memories">All memories</Link>
              </Button>
            }
          >
            Nothing in this workspace has the id <code className="font-mono text-xs">{memoryId}</code>.
          </EmptyState>
        )}
      </Card>
    </Page>
  );
}

interface TakenBackProps {
  readonly memoryId: string;
  readonly revertedBy: string;
}

function TakenBack({ memoryId, revertedBy }: TakenBackProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <EmptyState
        icon={Redo2}
        title="This memory was taken back"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button variant="primary" onClick={() => setAsking(true)}>
              <Redo2 aria-hidden />
              Redo its creation
            </Button>
            <Button asChild>
              <Link href={`/timeline?target=${memoryId}`}>See it on the timeline</Link>
            </Button>
          </div>
        }
      >
        The change that made it is not in force. Redo it, and the memory is back with all it had.
      </EmptyState>
      <RevertDialog
        target={{ changeIds: [revertedBy] }}
        open={isAsking}
        onOpenChange={setAsking}
        title="Redo its creation?"
        isRedo
      />
    </>
  );
}
