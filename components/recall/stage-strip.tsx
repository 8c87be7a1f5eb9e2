"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount, plural } from "@/lib/format/number";
import { stageMeaning, stageName } from "./stage-names";
import type { Recalled } from "./use-recall";

type Explanation = NonNullable<Recalled["explanation"]>;
type Stage = Explanation["stages"][number];

/** How many memories came through each stage; a stage that dropped some shows which, and why. */
export function StageStrip({ explanation }: { readonly explanation: Explanation }) {
  const [openStage, setOpenStage] = useState<string | null>(null);
  const { stages, dropped } = explanation;
  const shown = dropped.filter((one) => one.stage === openStage);
  return (
    <section
      aria-label="Stages of the recall"
      className="overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      <ol className="flex items-stretch gap-x-0.5 overflow-x-auto p-1.5">
        {stages.map((stage, index) => (
          <Fragment key={stage.stage}>
            {index > 0 ? (
              <li aria-hidden className="flex items-center text-muted">
                <ChevronRight className="size-4" />
              </li>
            ) : null}
            <li className="flex-1">
              <StageButton
                stage={stage}
                isOpen={openStage === stage.stage}
                onPress={() => setOpenStage((before) => (before === stage.stage ? null : stage.stage))}
              />
            </li>
          </Fragment>
        ))}
      </ol>
      {openStage === null ? null : (
        <div className="border-t border-line px-4 py-2.5">
          <h3 className="text-xs font-medium text-muted">
            {shown.length === 0
              ? "No route brought these up: neither meaning, words, recency nor neighbours."
              : `${plural(shown.length, "memory", "memories")} of those that fell out here, best first`}
          </h3>
          <DroppedList dropped={shown} />
        </div>
      )}
    </section>
  );
}

interface StageButtonProps {
  readonly stage: Stage;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function StageButton({ stage, isOpen, onPress }: StageButtonProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      disabled={stage.dropped === 0}
      title={stageMeaning(stage.stage)}
      onClick={onPress}
      className={cn(
        "flex w-full flex-col items-start rounded-md px-2.5 py-1 text-left whitespace-nowrap",
        "enabled:hover:bg-hover aria-expanded:bg-pressed",
      )}
    >
      <span className="text-xs text-muted">{stageName(stage.stage)}</span>
      <span className="flex items-baseline gap-x-2">
        <span className="num text-base font-semibold">{formatCount(stage.count)}</span>
        {stage.dropped > 0 ? (
          <span className="num text-xs text-muted underline decoration-dotted underline-offset-2 max-sm:hidden">
            {formatCount(stage.dropped)} fell out
          </span>
        ) : null}
      </span>
    </button>
  );
}

function DroppedList({ dropped }: Pick<Explanation, "dropped">) {
  return (
    <ul className="mt-1 divide-y divide-line">
      {dropped.map((one) => (
        <li
          key={one.memoryId}
          className="grid gap-x-4 py-1.5 text-sm sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
        >
          <Link href={`/memories/${one.memoryId}`} className="truncate underline-offset-2 hover:underline">
            {one.label}
          </Link>
          <span className="text-muted">{one.reason}</span>
        </li>
      ))}
    </ul>
  );
}
