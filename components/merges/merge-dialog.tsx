"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { GitMerge, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { showFailure, showUndo } from "@/components/ui/undo-toast";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { MemorySearch, type FoundMemory } from "./memory-search";
import { MergePreview } from "./merge-preview";
import { SourceMark } from "./sourced-text";

export interface MergeDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const FEWEST = 2;
const MOST = 8;

/** Chooses memories that say the same and shows their merge, word by word, before it is made. */
export function MergeDialog({ open, onOpenChange }: MergeDialogProps) {
  return open ? <OpenDialog onOpenChange={onOpenChange} /> : null;
}

function OpenDialog({ onOpenChange }: Pick<MergeDialogProps, "onOpenChange">) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<readonly FoundMemory[]>([]);
  const [text, setText] = useState<string | null>(null);
  const merge = useVerb(verbs.merge);
  const sources = chosen.map((memory) => memory.id);
  const choose = (change: (before: readonly FoundMemory[]) => readonly FoundMemory[]) => {
    setChosen(change);
    setText(null);
  };
  const content = useDeferredValue(text?.trim() ? text : null);
  const body = { sources, ...(content === null ? {} : { content }) };
  const preview = useQuery({ ...queries.mergePreview(body), enabled: sources.length >= FEWEST });
  const confirm = () => {
    merge.mutate(
      { body: { sources, ...(text?.trim() ? { content: text } : {}) } },
      {
        onSuccess: ({ merge: made }) => {
          onOpenChange(false);
          showUndo({
            message: `Merged ${plural(made.sources.length, "memory", "memories")}`,
            onUndo: () => undoGroup(client, made.groupId),
            timelineHref: `/timeline?group=${made.groupId}`,
          });
        },
        onError: (error) => showFailure("The memories could not be merged", error),
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="lg"
      title="Merge memories"
      description="Choose 2 to 8 that say the same. They stay under the result, and any of them can leave again."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            busy={merge.isPending}
            disabled={preview.data === undefined}
            onClick={confirm}
          >
            {merge.isPending ? null : <GitMerge aria-hidden />}
            Merge {plural(chosen.length, "memory", "memories")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Chosen
          chosen={chosen}
          onLeaveOut={(id) => choose((before) => before.filter((memory) => memory.id !== id))}
        />
        {chosen.length < MOST ? (
          <MemorySearch
            label="Find memories by their words"
            verb="Add"
            excluded={sources}
            onChoose={(memory) => choose((before) => [...before, memory])}
          />
        ) : null}
        {chosen.length >= FEWEST ? (
          <MergePreview query={preview} sources={chosen} text={text} onTextChange={setText} />
        ) : null}
      </div>
    </Dialog>
  );
}

interface ChosenProps {
  readonly chosen: readonly FoundMemory[];
  readonly onLeaveOut: (id: string) => void;
}

function Chosen({ chosen, onLeaveOut }: ChosenProps) {
  if (chosen.length === 0) return null;
  return (
    <ol aria-label="Chosen memories" className="divide-y divide-line rounded-lg border border-line">
      {chosen.map((memory, index) => (
        <li key={memory.id} className="flex items-center gap-3 px-3 py-2 text-sm">
          <SourceMark index={index} />
          <span className="min-w-0 flex-1 break-words">{memory.content}</span>
          <IconButton
            label={`Leave out: ${memory.content.slice(0, 80)}`}
            size="sm"
            onClick={() => onLeaveOut(memory.id)}
          >
            <X aria-hidden />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}
