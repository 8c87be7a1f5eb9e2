"use client";

import { EyeOff, ThumbsDown, ThumbsUp } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { CallOutput } from "@/lib/client/api";
import { formatDecimal, plural } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import { seenFrom } from "./drawn-graph";
import type { NameEdits } from "./use-name-edits";

type Relation = CallOutput<"entities.get">["relations"][number];

export interface RelationListProps {
  readonly of: string;
  readonly relations: readonly Relation[];
  readonly edits: NameEdits;
  readonly onGo: (id: string) => void;
}

/** What an entity is related with, strongest first, each with the memories that say so. */
export function RelationList({ of, relations, edits, onGo }: RelationListProps) {
  if (relations.length === 0)
    return <p className="text-sm text-muted">Nothing is said of it and another entity.</p>;
  return (
    <ul aria-label="Relations" className="divide-y divide-line">
      {relations.map((relation) => (
        <li key={relation.id} className="flex flex-col gap-1 py-2">
          <RelationHead of={of} relation={relation} edits={edits} onGo={onGo} />
          {relation.memories.map((memory) => (
            <Link
              key={memory.id}
              href={`/memories/${memory.id}`}
              className="block truncate rounded-xs text-xs leading-6 text-muted underline-offset-2 hover:underline"
            >
              {memory.label}
            </Link>
          ))}
        </li>
      ))}
    </ul>
  );
}

function RelationHead({
  of,
  relation,
  edits,
  onGo,
}: Omit<RelationListProps, "relations"> & { readonly relation: Relation }) {
  const { id, fromName, toName, type, strength, memoryCount, made, validAt, invalidAt } = relation;
  const said = `${fromName} ${type} ${toName}`;
  const { before, other, after } = seenFrom(relation, of);
  return (
    <div className="flex items-center gap-1.5 text-sm">
      <span className="min-w-0 flex-1">
        {before === "" ? null : <span className="text-muted">{before} </span>}
        <Button variant="link" size="sm" onClick={() => onGo(other.id)}>
          {other.name}
        </Button>
        {after === "" ? null : <span className="text-muted"> {after}</span>}
        <span className="num block text-xs text-muted">
          strength {formatDecimal(strength, 2)}, {plural(memoryCount, "memory", "memories")}
          {made && validAt !== null ? `, since ${formatDay(Date.parse(validAt))}` : ""}
          {invalidAt === null ? "" : `, until ${formatDay(Date.parse(invalidAt))}`}
        </span>
      </span>
      {made ? <Badge tone="accent">by hand</Badge> : null}
      <IconButton
        size="sm"
        label={`Right: ${said}`}
        onClick={() => void edits.editRelation(id, { verdict: "right" }, `Strengthened: ${said}`)}
      >
        <ThumbsUp aria-hidden />
      </IconButton>
      <IconButton
        size="sm"
        label={`Wrong: ${said}`}
        onClick={() => void edits.editRelation(id, { verdict: "wrong" }, `Weakened: ${said}`)}
      >
        <ThumbsDown aria-hidden />
      </IconButton>
      <IconButton
        size="sm"
        label={`Hide: ${said}`}
        onClick={() => void edits.hideRelation(id, `Hid: ${said}`)}
      >
        <EyeOff aria-hidden />
      </IconButton>
    </div>
  );
}
