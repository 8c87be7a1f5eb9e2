"use client";

import { Archive, ArchiveRestore, Maximize2, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { kindLabels } from "../memory/kind-options";
import { MemoryBadges } from "../memory/memory-badges";
import { MemoryProvenance } from "../memory/memory-provenance";
import { MemoryRelations } from "../memory/memory-relations";
import { useMemoryActions } from "../memory/use-memory-actions";
import { useReadOnly } from "../shell/use-read-only";
import { Writable } from "../shell/writable";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ConfidenceMeter } from "../ui/confidence-meter";
import { Sheet } from "../ui/sheet";
import { useShortcuts } from "../ui/use-shortcuts";
import type { ListedMemory } from "./use-memory-search";

const MemoryEditForm = dynamic(
  () => import("../memory/memory-edit-form").then((module) => module.MemoryEditForm),
  { ssr: false },
);

export interface MemoryPeekProps {
  readonly memory: ListedMemory | null;
  readonly onClose: () => void;
}

/** One memory beside the list. The list keeps the keys, so j and k step through it. */
export function MemoryPeek({ memory, onClose }: MemoryPeekProps) {
  const [editedId, setEditedId] = useState<string | null>(null);
  const isReadOnly = useReadOnly();
  const edit = () => setEditedId(memory?.id ?? null);
  useShortcuts(
    memory === null || isReadOnly
      ? []
      : [{ keys: ["e"], label: "Edit what is peeked at", group: "Memories", run: edit }],
  );
  return (
    <Sheet
      peek
      open={memory !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={memory ? `${kindLabels[memory.kind]}` : "Memory"}
      actions={
        memory ? (
          <Button asChild size="sm" variant="ghost">
            <Link href={`/memories/${memory.id}`}>
              <Maximize2 aria-hidden />
              Open
            </Link>
          </Button>
        ) : null
      }
      footer={
        memory ? (
          <Writable>
            <PeekActions memory={memory} onEdit={edit} />
          </Writable>
        ) : null
      }
    >
      {memory ? (
        <div className="flex flex-col gap-4">
          {editedId === memory.id ? (
            <PeekEditor key={memory.id} memory={memory} onClose={() => setEditedId(null)} />
          ) : (
            <p className="text-base leading-relaxed text-pretty whitespace-pre-wrap">{memory.content}</p>
          )}
          <div className="flex flex-wrap gap-1.5">
            {memory.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
            <MemoryBadges memory={memory} />
          </div>
          <ConfidenceMeter
            detailed
            confidence={memory.confidence}
            low={memory.confidenceLow}
            high={memory.confidenceHigh}
          />
          <MemoryRelations memory={memory} />
          <MemoryProvenance memory={memory} />
        </div>
      ) : null}
    </Sheet>
  );
}

interface PeekEditorProps {
  readonly memory: ListedMemory;
  readonly onClose: () => void;
}

function PeekEditor({ memory, onClose }: PeekEditorProps) {
  return <MemoryEditForm memory={memory} actions={useMemoryActions(memory)} onClose={onClose} />;
}

interface PeekActionsProps {
  readonly memory: ListedMemory;
  readonly onEdit: () => void;
}

function PeekActions({ memory, onEdit }: PeekActionsProps) {
  const actions = useMemoryActions(memory);
  const isActive = memory.lifecycle === "active";
  return (
    <>
      <Button size="sm" aria-keyshortcuts="e" onClick={onEdit}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button size="sm" onClick={actions.toggleArchived}>
        {isActive ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
        {isActive ? "Archive" : "Restore"}
      </Button>
      <Button size="sm" onClick={actions.togglePinned}>
        {memory.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        {memory.pinned ? "Unpin" : "Pin"}
      </Button>
      {memory.lifecycle === "deleted" ? null : (
        <Button size="sm" onClick={actions.remove}>
          <Trash2 aria-hidden />
          Delete
        </Button>
      )}
    </>
  );
}
