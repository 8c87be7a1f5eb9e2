"use client";

import { Undo2 } from "lucide-react";
import { BulkBar } from "@/components/ui/bulk-bar";
import { Button } from "@/components/ui/button";
import { ToolbarItem } from "@/components/ui/toolbar";

export interface TimelineBulkBarProps {
  readonly selectedCount: number;
  readonly matchingCount: number | null;
  readonly onClear: () => void;
  readonly onRevert: () => void;
}

/** What can be done with the rows that are chosen. */
export function TimelineBulkBar({ onRevert, ...bar }: TimelineBulkBarProps) {
  return (
    <BulkBar {...bar}>
      <ToolbarItem>
        <Button size="sm" variant="primary" onClick={onRevert}>
          <Undo2 aria-hidden />
          Revert the selection
        </Button>
      </ToolbarItem>
    </BulkBar>
  );
}
