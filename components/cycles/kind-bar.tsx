import { cn } from "@/components/ui/cn";
import { countByKind, kindCount, kindWords, type CycleSummary, type Kind } from "./cycle-words";

/** Neighbours differ in lightness or hatching, and the words below say the same. */
const fills: Readonly<Record<Kind, string>> = {
  merge: "bg-part-utility",
  supersede: "bg-part-similarity",
  contest: "bg-contested-mark",
  quarantine: "bg-unsupported-mark",
  archive: "bg-suspended-mark",
  link: "bg-part-context",
  weights: "bg-part-cue",
  threshold: "bg-part-cue",
  halfLife: "bg-part-cue",
  trust: "bg-part-cue",
  calibration: "bg-part-cue",
};

/** What a cycle changes or would change, as a small stacked bar with its words. */
export function KindBar({ counts }: Pick<CycleSummary, "counts">) {
  const kinds = countByKind(counts);
  if (kinds.length === 0) return <span className="text-xs text-muted">No changes</span>;
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span aria-hidden className="flex h-2 w-full gap-px overflow-hidden rounded-full bg-sunken">
        {kinds.map(({ kind, count }) => (
          <span
            key={kind}
            title={kindWords[kind].heading}
            className={cn("forced-mark min-w-1", fills[kind])}
            style={{ flexGrow: count }}
          />
        ))}
      </span>
      <span className="num text-xs text-pretty text-muted">
        {kinds.map(({ kind, count }) => kindCount(kind, count)).join(", ")}
      </span>
    </span>
  );
}
