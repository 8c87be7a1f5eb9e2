import { ArrowRight } from "lucide-react";
import { DiffText } from "@/components/ui/diff-text";
import { usePreferences } from "@/components/ui/preferences";
import { isProse, registerText } from "@/components/ui/register-value";
import { TrendArrow } from "@/components/ui/trend-arrow";
import { confidenceTrend, formatConfidence, formatConfidenceDelta } from "@/lib/format/confidence";
import { formatAbsolute } from "@/lib/format/time";
import type { TimelineChange } from "./change-row";

const namesOnly = new Set([
  ...["member", "supersede", "contest", "merge", "create", "link", "purge", "revert"],
  ...["pin", "quarantine", "archive", "restore", "delete"],
  ...["introduce", "rename", "retype", "alias", "relate", "weigh", "hide"],
]);

/** Before and after, in the form that fits the register. Where the sentence of the change says it all, nothing. */
export function ChangeValue({ change }: { readonly change: TimelineChange }) {
  const { op, before, after } = change;
  if (namesOnly.has(op) || (before === null && after === null)) return null;
  // A parameter that was never set before has no value here, and the sentence names the new one.
  if (op === "tune" && before === null) return null;
  if (op === "observe" && typeof before === "number" && typeof after === "number") {
    return <ConfidenceMove before={before} after={after} />;
  }
  if (isProse(before, after) && typeof after === "string") {
    return <DiffText before={before} after={after} className="line-clamp-4 text-sm" />;
  }
  const isTime = op === "set" && [before, after].some((value) => typeof value === "number");
  const text = (value: unknown) =>
    isTime && typeof value === "number" ? formatAbsolute(value) : registerText(value);
  return (
    <span className="num inline-flex max-w-full items-center gap-1.5 text-xs">
      <span className="truncate text-muted">{text(before)}</span>
      <ArrowRight aria-label="to" className="size-3 shrink-0 text-muted" />
      <span className="truncate font-medium">{text(after)}</span>
    </span>
  );
}

function ConfidenceMove({ before, after }: { readonly before: number; readonly after: number }) {
  const { confidenceScale: scale } = usePreferences();
  const [from, to] = [formatConfidence(before, scale), formatConfidence(after, scale)];
  return (
    <span className="num inline-flex items-center gap-1.5 text-xs">
      {from === to ? null : (
        <>
          <span className="text-muted">{from}</span>
          <ArrowRight aria-label="to" className="size-3 shrink-0 text-muted" />
        </>
      )}
      <span className="font-medium">{to}</span>
      <TrendArrow
        trend={confidenceTrend(before, after)}
        text={formatConfidenceDelta(after - before, scale)}
      />
    </span>
  );
}
