import { CircleDot, CirclePause, Eraser, Scale, TriangleAlert, Undo2, type LucideIcon } from "lucide-react";
import { Badge, type BadgeProps } from "./badge";

export const statuses = ["live", "reverted", "suspended", "unsupported", "contested", "erased"] as const;
export type Status = (typeof statuses)[number];

interface Look {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly tone: NonNullable<BadgeProps["tone"]>;
  readonly meaning: string;
}

export const statusLook: Readonly<Record<Status, Look>> = {
  live: { label: "Live", icon: CircleDot, tone: "neutral", meaning: "In force." },
  reverted: {
    label: "Reverted",
    icon: Undo2,
    tone: "reverted",
    meaning: "Taken out by a later change; can be redone.",
  },
  suspended: {
    label: "Suspended",
    icon: CirclePause,
    tone: "suspended",
    meaning: "Rests on a change that is not in force; resumes by itself when that one is redone.",
  },
  unsupported: {
    label: "Unsupported",
    icon: TriangleAlert,
    tone: "unsupported",
    meaning: "Still in force, but the evidence that justified it was reverted.",
  },
  contested: {
    label: "Contested",
    icon: Scale,
    tone: "contested",
    meaning: "Another live memory says otherwise.",
  },
  erased: { label: "Erased", icon: Eraser, tone: "outline", meaning: "Purged for good; cannot come back." },
};

export interface StatusBadgeProps extends Omit<BadgeProps, "tone" | "children"> {
  readonly status: Status;
  /** Replaces the word when the place needs a longer one, such as "Reverted 3 times". */
  readonly label?: string;
}

/** Icon and word carry the meaning; the colour only repeats it. */
export function StatusBadge({ status, label, ...props }: StatusBadgeProps) {
  const look = statusLook[status];
  return (
    <Badge tone={look.tone} title={look.meaning} {...props}>
      <look.icon aria-hidden />
      {label ?? look.label}
    </Badge>
  );
}
