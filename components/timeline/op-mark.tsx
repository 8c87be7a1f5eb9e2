import {
  Archive,
  ArchiveRestore,
  BrainCircuit,
  CirclePlus,
  CircleSlash,
  Equal,
  Eraser,
  EyeOff,
  GitMerge,
  Link2,
  Pencil,
  Pin,
  Plus,
  Scale,
  Shapes,
  ShieldAlert,
  SlidersHorizontal,
  TextCursorInput,
  Trash2,
  Undo2,
  Replace,
  Waypoints,
  Weight,
  type LucideIcon,
} from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { TimelineChange } from "./change-row";

const icons: Readonly<Record<TimelineChange["op"], LucideIcon>> = {
  create: Plus,
  edit: Pencil,
  set: Pencil,
  archive: Archive,
  restore: ArchiveRestore,
  delete: Trash2,
  observe: BrainCircuit,
  pin: Pin,
  quarantine: ShieldAlert,
  supersede: Replace,
  contest: Scale,
  merge: GitMerge,
  member: GitMerge,
  link: Link2,
  tune: SlidersHorizontal,
  revert: Undo2,
  purge: Eraser,
  introduce: CirclePlus,
  rename: TextCursorInput,
  retype: Shapes,
  alias: Equal,
  relate: Waypoints,
  weigh: Weight,
  hide: EyeOff,
  decline: CircleSlash,
};

/** The kind of change at a glance; the sentence beside it says the same. */
export function OpMark({ op, isOut }: { readonly op: TimelineChange["op"]; readonly isOut: boolean }) {
  const Icon = icons[op];
  return (
    <span
      aria-hidden
      className={cn(
        "mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-md border border-line bg-sunken",
        op === "observe" && !isOut && "text-accent",
        op === "revert" && "text-reverted",
        isOut && "border-dashed text-muted",
      )}
    >
      <Icon className="size-3.5" strokeWidth={1.8} />
    </span>
  );
}
