import { Circle, CircleCheck, CircleMinus, CircleX, Clock, type LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { formatDuration } from "@/lib/format/time";
import { stageCounts, stageWords, type Stage } from "./cycle-words";

const marks: Readonly<Record<Stage["state"], { readonly icon: LucideIcon | null; readonly word: string }>> = {
  waiting: { icon: Clock, word: "to come" },
  running: { icon: null, word: "running" },
  done: { icon: CircleCheck, word: "done" },
  failed: { icon: CircleX, word: "failed" },
  skipped: { icon: CircleMinus, word: "skipped" },
};

/** The stages from left to right: what each counted, and how long it took. */
export function StageStrip({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <ol
      aria-label="Stages"
      className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface shadow-card sm:grid-cols-4 xl:grid-cols-7"
    >
      {stages.map((stage) => (
        <StageCell key={stage.stage} stage={stage} />
      ))}
    </ol>
  );
}

function StageCell({ stage }: { readonly stage: Stage }) {
  const { icon: Icon = Circle, word } = marks[stage.state];
  const counts = stageCounts(stage);
  return (
    <li
      className={cn(
        "-mt-px -ml-px flex min-w-0 flex-col gap-0.5 border-t border-l border-line px-3 py-2.5",
        stage.state === "failed" && "bg-loss-soft",
        stage.state === "running" && "bg-accent-soft",
      )}
    >
      <span className="flex items-center gap-1.5 text-sm font-medium">
        {Icon === null ? (
          <Spinner />
        ) : (
          <Icon
            aria-hidden
            className={cn("size-3.5 shrink-0 text-muted", stage.state === "failed" && "text-loss")}
          />
        )}
        {stageWords[stage.stage]}
        <span className="sr-only">, {word}</span>
        {stage.tookMs === null ? (
          stage.state === "waiting" ? (
            <span aria-hidden className="ml-auto text-2xs font-normal text-muted">
              to come
            </span>
          ) : null
        ) : (
          <span className="num ml-auto text-2xs font-normal text-muted">{formatDuration(stage.tookMs)}</span>
        )}
      </span>
      {counts.map((count) => (
        <span key={count} className="num text-xs text-muted">
          {count}
        </span>
      ))}
      {stage.error ? <span className="text-xs break-words text-loss">{stage.error}</span> : null}
    </li>
  );
}
