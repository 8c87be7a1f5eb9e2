"use client";

import { Archive, ArchiveRestore, Pin, ShieldAlert, ShieldCheck, Shapes, Tag, Trash2 } from "lucide-react";
import { useState } from "react";
import { plural } from "@/lib/format/number";
import { kindLabels, kinds } from "../memory/kind-options";
import { useCommands } from "../shell/command-registry";
import { BulkBar } from "../ui/bulk-bar";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { allMatching, noSelection, selectedCount, type RowSelection } from "../ui/row-selection";
import { laterDialog } from "../ui/later-dialog";
import { ToolbarItem } from "../ui/toolbar";
import { useBulkActions, type BulkAction } from "./use-bulk-actions";
import type { MemorySearch } from "./use-memory-search";

const TagDialog = laterDialog(() => import("./tag-dialog").then((module) => module.TagDialog));

export interface MemoriesBulkBarProps {
  readonly search: MemorySearch;
  readonly selection: RowSelection;
  readonly onSelectionChange: (next: RowSelection) => void;
}

/** What can be done with many at once; each is one change and one undo. */
export function MemoriesBulkBar({ search, selection, onSelectionChange }: MemoriesBulkBarProps) {
  const { state, totalCount } = search;
  const bulk = useBulkActions(search.selection);
  const [isTagging, setTagging] = useState(false);
  const run = async (action: BulkAction) => {
    if (await bulk.run(selection, action)) onSelectionChange(noSelection);
  };
  const act = (action: BulkAction["action"]) => () => void run({ action });
  const isActive = state.lifecycle === "active";
  const count = selectedCount(selection, totalCount) ?? 0;
  useCommands(
    count === 0
      ? null
      : {
          heading: `${plural(count, "memory", "memories")} selected`,
          isSelection: true,
          commands: [
            isActive
              ? { id: "bulk-archive", label: "Archive them", icon: Archive, run: act("archive") }
              : { id: "bulk-restore", label: "Restore them", icon: ArchiveRestore, run: act("restore") },
            { id: "bulk-delete", label: "Delete them", icon: Trash2, run: act("delete") },
            { id: "bulk-pin", label: "Pin them", icon: Pin, run: act("pin") },
            { id: "bulk-tag", label: "Tag them …", icon: Tag, run: () => setTagging(true) },
            { id: "bulk-quarantine", label: "Quarantine them", icon: ShieldAlert, run: act("quarantine") },
          ],
        },
  );
  return (
    <>
      <BulkBar
        selectedCount={count}
        matchingCount={totalCount}
        onSelectAllMatching={() => onSelectionChange(allMatching)}
        onClear={() => onSelectionChange(noSelection)}
      >
        <ToolbarItem>
          <Button size="sm" busy={bulk.isBusy} onClick={act(isActive ? "archive" : "restore")}>
            {isActive ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
            {isActive ? "Archive" : "Restore"}
          </Button>
        </ToolbarItem>
        <ToolbarItem>
          <Button size="sm" onClick={act("delete")}>
            <Trash2 aria-hidden />
            Delete
          </Button>
        </ToolbarItem>
        <ToolbarItem>
          <Button size="sm" onClick={act("pin")}>
            <Pin aria-hidden />
            Pin
          </Button>
        </ToolbarItem>
        <ToolbarItem>
          <Button size="sm" onClick={() => setTagging(true)}>
            <Tag aria-hidden />
            Add tag
          </Button>
        </ToolbarItem>
        <KindMenu onChoose={(kind) => void run({ action: "setKind", value: kind })} />
        <ToolbarItem>
          <Button size="sm" onClick={act("quarantine")}>
            <ShieldAlert aria-hidden />
            Quarantine
          </Button>
        </ToolbarItem>
        {state.q.includes("is:quarantined") ? (
          <ToolbarItem>
            <Button size="sm" onClick={act("release")}>
              <ShieldCheck aria-hidden />
              Release
            </Button>
          </ToolbarItem>
        ) : null}
      </BulkBar>
      <TagDialog
        open={isTagging}
        onOpenChange={setTagging}
        onTag={(tag) => void run({ action: "addTag", value: tag })}
      />
    </>
  );
}

function KindMenu({ onChoose }: { readonly onChoose: (kind: string) => void }) {
  return (
    <DropdownMenu>
      <ToolbarItem>
        <DropdownMenuTrigger asChild>
          <Button size="sm">
            <Shapes aria-hidden />
            Set kind
          </Button>
        </DropdownMenuTrigger>
      </ToolbarItem>
      <DropdownMenuContent>
        {kinds.map((kind) => (
          <DropdownMenuItem key={kind} onSelect={() => onChoose(kind)}>
            {kindLabels[kind]}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
