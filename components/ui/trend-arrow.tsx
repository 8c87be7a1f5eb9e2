import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { Trend } from "@/lib/format/confidence";
import { cn } from "./cn";

const looks = {
  up: { icon: ArrowUpRight, className: "text-gain", word: "rising" },
  down: { icon: ArrowDownRight, className: "text-loss", word: "falling" },
  flat: { icon: ArrowRight, className: "text-muted", word: "steady" },
} as const;

export interface TrendArrowProps {
  readonly trend: Trend;
  /** The move itself, already formatted: "+3.1 pt". */
  readonly text?: string;
  readonly className?: string;
}

export function TrendArrow({ trend, text, className }: TrendArrowProps) {
  const look = looks[trend];
  return (
    <span
      className={cn("num inline-flex items-center gap-0.5 text-xs font-medium", look.className, className)}
    >
      <look.icon aria-hidden className="size-3.5 shrink-0" />
      {text ?? null}
      <span className="sr-only">{look.word}</span>
    </span>
  );
}
