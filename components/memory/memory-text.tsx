"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { ConfidenceMeter } from "../ui/confidence-meter";
import { PageHeader } from "../ui/page-header";
import { kindLabels } from "./kind-options";
import { MemoryBadges } from "./memory-badges";
import { MemoryCrumbs } from "./memory-crumbs";
import { MemoryRelations } from "./memory-relations";
import { MemoryTombstone } from "./memory-tombstone";
import { MemoryToolbar } from "./memory-toolbar";
import { useMemoryActions, type Memory } from "./use-memory-actions";

const MemoryEditForm = dynamic(() => import("./memory-edit-form").then((module) => module.MemoryEditForm), {
  ssr: false,
});

export interface MemoryTextProps {
  readonly memory: Memory;
  readonly isReadOnly: boolean;
}

/** The memory itself: its words, its state, and what can be done with it. */
export function MemoryText({ memory, isReadOnly }: MemoryTextProps) {
  const actions = useMemoryActions(memory);
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <PageHeader
        title={isEditing ? "Edit the memory" : headline(memory.content)}
        crumbs={<MemoryCrumbs />}
        actions={
          isReadOnly || isEditing ? null : (
            <MemoryToolbar memory={memory} actions={actions} onEdit={() => setEditing(true)} />
          )
        }
      />
      <MemoryTombstone memory={memory} actions={isReadOnly ? null : actions} />
      <Card>
        <div className="flex flex-col gap-4">
          {isEditing ? (
            <MemoryEditForm memory={memory} actions={actions} onClose={() => setEditing(false)} />
          ) : (
            <>
              {headline(memory.content) === memory.content ? null : (
                <p className="max-w-prose text-lg leading-relaxed text-pretty whitespace-pre-wrap">
                  {memory.content}
                </p>
              )}
              <div className="flex flex-wrap items-center gap-1.5">
                <Badge tone="outline">{kindLabels[memory.kind]}</Badge>
                {memory.tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
                <MemoryBadges memory={memory} />
              </div>
            </>
          )}
          <ConfidenceMeter
            size="lg"
            detailed
            confidence={memory.confidence}
            low={memory.confidenceLow}
            high={memory.confidenceHigh}
          />
          <MemoryRelations memory={memory} />
        </div>
      </Card>
    </>
  );
}

const LONGEST_TITLE = 200;
const CUT_TITLE = 90;

/** A memory is its own title. A long one is cut at a word, and stands in full below. */
function headline(content: string): string {
  if (content.length <= LONGEST_TITLE && !content.includes("\n")) return content;
  const [line = ""] = content.split("\n");
  if (line.length <= CUT_TITLE) return `${line} …`;
  return `${line.slice(0, CUT_TITLE).replace(/\s+\S*$/u, "")} …`;
}
