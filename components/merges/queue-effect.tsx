"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { memoryHref } from "@/components/cycles/apply-dialog";
import { BlastRadius } from "@/components/ui/blast-radius";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { DataPanel } from "@/components/ui/data-panel";
import { queries } from "@/lib/client/queries";

export interface QueueEffectProps {
  readonly sources: readonly string[];
  readonly content: string | null;
}

/** What merging them would move, asked for when somebody wants to know: the real merge, thrown away. */
export function QueueEffect({ sources, content }: QueueEffectProps) {
  const [isOpen, setOpen] = useState(false);
  const body = { sources: [...sources], ...(content?.trim() ? { content: content.trim() } : {}) };
  const preview = useQuery({ ...queries.mergePreview(body), enabled: isOpen });
  return (
    <div className="flex flex-col gap-2">
      <Button
        size="sm"
        variant="ghost"
        aria-expanded={isOpen}
        className="-ml-2 self-start"
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight aria-hidden className={cn("transition-transform", isOpen && "rotate-90")} />
        What it would move
      </Button>
      {isOpen ? (
        <DataPanel query={preview} failureTitle="These memories cannot be merged">
          {({ effects, blastRadius }) => (
            <BlastRadius effects={effects} blastRadius={blastRadius} hrefOf={memoryHref} />
          )}
        </DataPanel>
      ) : null}
    </div>
  );
}
