import { Archive, GitMerge, Pin, ShieldAlert, SkipForward, Trash2, type LucideIcon } from "lucide-react";
import { Badge, type BadgeProps } from "../ui/badge";
import { StatusBadge } from "../ui/status-badge";
import type { Memory } from "./use-memory-actions";

type Marked = Pick<
  Memory,
  "lifecycle" | "pinned" | "quarantined" | "contestedWith" | "supersededBy" | "mergedInto" | "mergedFrom"
>;

interface Mark {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly tone: NonNullable<BadgeProps["tone"]>;
}

/** Everything about a memory that is not as usual; nothing for a plain active one. */
export function MemoryBadges({ memory }: { readonly memory: Marked }) {
  const isContested = memory.contestedWith.length > 0;
  const marks = marksOf(memory);
  if (marks.length === 0 && !isContested) return null;
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {isContested ? <StatusBadge status="contested" /> : null}
      {marks.map(({ label, icon: Icon, tone }) => (
        <Badge key={label} tone={tone}>
          <Icon aria-hidden className="size-3" />
          {label}
        </Badge>
      ))}
    </span>
  );
}

function marksOf(memory: Marked): readonly Mark[] {
  const marks: (Mark | false)[] = [
    memory.pinned && { label: "Pinned", icon: Pin, tone: "accent" },
    memory.quarantined && { label: "Quarantined", icon: ShieldAlert, tone: "suspended" },
    memory.supersededBy !== null && { label: "Superseded", icon: SkipForward, tone: "reverted" },
    memory.mergedInto !== null && { label: "Merged away", icon: GitMerge, tone: "reverted" },
    memory.mergedFrom.length > 0 && {
      label: `Merged from ${memory.mergedFrom.length}`,
      icon: GitMerge,
      tone: "neutral",
    },
    memory.lifecycle === "archived" && { label: "Archived", icon: Archive, tone: "outline" },
    memory.lifecycle === "deleted" && { label: "Deleted", icon: Trash2, tone: "loss" },
  ];
  return marks.filter((mark) => mark !== false);
}
