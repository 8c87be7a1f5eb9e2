"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount, plural } from "@/lib/format/number";
import type { Recalled } from "./use-recall";

type Explanation = NonNullable<Recalled["explanation"]>;

/** How many memories came through each stage; a stage that dropped some shows which, and why. */
export function StageStrip({ explanation }: { readonly explanation: Explanation }) {
  const [openStage, setOpenStage] = useState<string | null>(null);
  const { stages, dropped, target } = explanation;
  const shown = dropped.filter((one) => one.stage === openStage);
  return (
    <section
      aria-label="Stages of the recall"
      className="rounded-lg border border-line bg-surface shadow-card"
    >
      <ol className="flex flex-wrap items-stretch gap-y-1 px-2 py-1.5">
        {stages.map((stage, index) => (
          <Fragment key={stage.stage}>
            {index > 0 ? (
              <li aria-hidden className="flex items-center text-muted">
                <ChevronRight className="size-4" />
              </li>
            ) : null}
            <li>
              <button
                type="button"
                aria-expanded={openStage === stage.stage}
                disabled={stage.dropped === 0}
                onClick={() => setOpenStage((before) => (before === stage.stage ? null : stage.stage))}
                className={cn(
                  "flex flex-col items-start rounded-md px-2.5 py-1 text-left enabled:hover:bg-hover aria-expanded:bg-pressed",
                  target?.stage === stage.stage && !target.found && "ring-2 ring-contested-mark ring-inset",
                )}
              >
                <span className="text-xs text-muted">{stage.stage}</span>
                <span className="num text-base font-semibold">{formatCount(stage.count)}</span>
                <span className="num text-2xs text-muted">
                  {stage.dropped > 0 ? `−${formatCount(stage.dropped)} fell out` : "none fell out"}
                </span>
              </button>
            </li>
          </Fragment>
        ))}
      </ol>
      {openStage === null ? null : (
        <div className="border-t border-line px-4 py-2.5">
          <h3 className="text-xs font-medium text-muted">
            {plural(shown.length, "memory", "memories")} of those that fell out at “{openStage}”
          </h3>
          <ul className="mt-1 divide-y divide-line">
            {shown.map((one) => (
              <li
                key={one.memoryId}
                className="grid gap-x-4 py-1.5 text-sm sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
              >
                <Link
                  href={`/memories/${one.memoryId}`}
                  className="truncate underline-offset-2 hover:underline"
                >
                  {one.label}
                </Link>
                <span className="text-muted">{one.reason}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
