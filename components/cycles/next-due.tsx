import { CalendarClock } from "lucide-react";
import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { CallOutput } from "@/lib/client/api";
import { plural } from "@/lib/format/number";

export type CycleTimer = CallOutput<"cycles.list">["timer"];

/** When a cycle runs next without anybody asking. */
export function NextDue({ timer }: { readonly timer: CycleTimer }) {
  return (
    <p className="flex items-start gap-2 text-sm text-muted">
      <CalendarClock aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="text-pretty">
        <Due timer={timer} />{" "}
        <Link
          href="/settings?find=cycle.intervalMinutes"
          className="rounded-xs text-accent underline underline-offset-2"
        >
          Change the interval
        </Link>
      </span>
    </p>
  );
}

function Due({ timer: { on, intervalMinutes, nextAt } }: { readonly timer: CycleTimer }) {
  if (!on) return "The timer is off: cycles run when you ask for one.";
  const every = `every ${plural(intervalMinutes, "minute")}`;
  if (nextAt === null)
    return `The next cycle comes with the next outcome that is reported, ${every} at most.`;
  return (
    <>
      The next cycle is due <RelativeTime at={nextAt} />, {every} while outcomes come in.
    </>
  );
}
