import { Ban, Check, CircleDashed, CirclePause, CircleX, Inbox, Undo2, type LucideIcon } from "lucide-react";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Spinner } from "@/components/ui/spinner";
import { countByKind, type CycleSummary } from "./cycle-words";

interface Look {
  readonly label: string;
  readonly icon: LucideIcon | null;
  readonly tone: NonNullable<BadgeProps["tone"]>;
}

const looks: Readonly<Record<CycleSummary["state"], Look>> = {
  running: { label: "Running", icon: null, tone: "accent" },
  waiting: { label: "Waits for you", icon: Inbox, tone: "accent" },
  applied: { label: "Applied", icon: Check, tone: "neutral" },
  partly: { label: "Partly applied", icon: CirclePause, tone: "neutral" },
  declined: { label: "Declined", icon: Ban, tone: "outline" },
  reverted: { label: "Reverted", icon: Undo2, tone: "reverted" },
  failed: { label: "Failed", icon: CircleX, tone: "loss" },
  cancelled: { label: "Cancelled", icon: Ban, tone: "outline" },
};
const dry: Look = { label: "Dry run", icon: CircleDashed, tone: "outline" };

/** Where a cycle stands, by icon and word. */
export function CycleState({ cycle }: { readonly cycle: Pick<CycleSummary, "state" | "dryRun" | "counts"> }) {
  const isThroughDry = cycle.dryRun && cycle.state === "cancelled";
  const isIdle = cycle.state === "applied" && countByKind(cycle.counts).length === 0;
  const look = isThroughDry ? dry : looks[cycle.state];
  return (
    <Badge tone={look.tone}>
      {look.icon === null ? <Spinner /> : <look.icon aria-hidden />}
      {isIdle ? (cycle.counts.length === 0 ? "Nothing to do" : "No changes") : look.label}
    </Badge>
  );
}
