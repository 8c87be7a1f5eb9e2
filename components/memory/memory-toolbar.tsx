"use client";

import { Archive, ArchiveRestore, Pencil, Pin, PinOff, ShieldAlert, ShieldCheck, Trash2 } from "lucide-react";
import { useCommands } from "../shell/command-registry";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { useShortcuts } from "../ui/use-shortcuts";
import type { Memory, MemoryActions } from "./use-memory-actions";

export interface MemoryToolbarProps {
  readonly memory: Memory;
  readonly actions: MemoryActions;
  readonly onEdit: () => void;
}

/** What can be done with the memory, each with its key; all of it can be undone. */
export function MemoryToolbar({ memory, actions, onEdit }: MemoryToolbarProps) {
  const isActive = memory.lifecycle === "active";
  const archiveLabel = isActive ? "Archive" : "Restore";
  const group = "This memory";
  const isDeletable = memory.lifecycle !== "deleted";
  useShortcuts([
    { keys: ["e"], label: "Edit", group, run: onEdit },
    { keys: ["p"], label: memory.pinned ? "Unpin" : "Pin", group, run: actions.togglePinned },
    { keys: ["a"], label: archiveLabel, group, run: actions.toggleArchived },
    {
      keys: ["u"],
      label: memory.quarantined ? "Release" : "Quarantine",
      group,
      run: actions.toggleQuarantined,
    },
    ...(isDeletable ? [{ keys: ["d"], label: "Delete", group, run: actions.remove }] : []),
  ]);
  useCommands({
    heading: "This memory",
    isSelection: true,
    commands: [
      { id: "memory-edit", label: "Edit", icon: Pencil, keys: ["e"], run: onEdit },
      { id: "memory-archive", label: archiveLabel, icon: Archive, keys: ["a"], run: actions.toggleArchived },
      {
        id: "memory-pin",
        label: memory.pinned ? "Unpin" : "Pin",
        icon: Pin,
        keys: ["p"],
        run: actions.togglePinned,
      },
      ...(isDeletable
        ? [{ id: "memory-delete", label: "Delete", icon: Trash2, keys: ["d"], run: actions.remove }]
        : []),
    ],
  });
  return (
    <>
      <Button onClick={onEdit} aria-keyshortcuts="e">
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button onClick={actions.toggleArchived} aria-keyshortcuts="a">
        {isActive ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
        {archiveLabel}
      </Button>
      <IconButton label={memory.pinned ? "Unpin" : "Pin"} keys={["p"]} onClick={actions.togglePinned}>
        {memory.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </IconButton>
      <IconButton
        label={memory.quarantined ? "Release from quarantine" : "Quarantine"}
        keys={["u"]}
        onClick={actions.toggleQuarantined}
      >
        {memory.quarantined ? <ShieldCheck aria-hidden /> : <ShieldAlert aria-hidden />}
      </IconButton>
      {!isDeletable ? null : (
        <IconButton label="Delete" keys={["d"]} onClick={actions.remove}>
          <Trash2 aria-hidden />
        </IconButton>
      )}
    </>
  );
}
