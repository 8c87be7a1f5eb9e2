import { cn } from "@/components/ui/cn";
import { stageWords, type Stage } from "./cycle-words";

/** How far a cycle is, as one segment per stage and the name of the one that runs. */
export function StageProgress({ stages }: { readonly stages: readonly Stage[] }) {
  const through = stages.filter(({ state }) => state === "done" || state === "skipped").length;
  const current =
    stages.find(({ state }) => state === "running") ?? stages.find(({ state }) => state === "waiting");
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span
        role="progressbar"
        aria-label="Stages"
        aria-valuemin={0}
        aria-valuemax={stages.length}
        aria-valuenow={through}
        className="flex h-2 gap-px overflow-hidden rounded-full"
      >
        {stages.map(({ stage, state }) => (
          <span
            key={stage}
            className={cn(
              "forced-mark flex-1",
              state === "done" || state === "skipped" ? "bg-accent-mark" : "bg-hover",
              state === "running" && "animate-pulse bg-accent-mark",
            )}
          />
        ))}
      </span>
      <span className="num text-xs text-muted">
        {current === undefined ? "Finishing" : stageWords[current.stage]}, stage{" "}
        {Math.min(through + 1, stages.length)} of {stages.length}
      </span>
    </span>
  );
}
