"use client";

import type { ReactNode } from "react";
import { MemoryLink } from "./memory-link";
import type { Memory } from "./use-memory-actions";

/** Which other memories stand beside this one: what took its place, what disputes it, what it was made of. */
export function MemoryRelations({ memory }: { readonly memory: Memory }) {
  const { supersededBy, contestedWith, mergedFrom } = memory;
  if (supersededBy === null && contestedWith.length + mergedFrom.length === 0) return null;
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      {supersededBy === null ? null : (
        <Relation title="A newer memory took its place">
          <MemoryLink memoryId={supersededBy} />
        </Relation>
      )}
      {contestedWith.length === 0 ? null : (
        <Relation title="Contradicted by">
          {contestedWith.map((id) => (
            <MemoryLink key={id} memoryId={id} />
          ))}
        </Relation>
      )}
      {mergedFrom.length === 0 ? null : (
        <Relation title="Merged from">
          {mergedFrom.map((id) => (
            <MemoryLink key={id} memoryId={id} />
          ))}
        </Relation>
      )}
    </div>
  );
}

interface RelationProps {
  readonly title: string;
  readonly children: ReactNode;
}

function Relation({ title, children }: RelationProps) {
  return (
    <div className="text-sm">
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      <div className="mt-0.5 flex flex-col gap-1">{children}</div>
    </div>
  );
}
