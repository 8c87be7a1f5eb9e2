"use client";

import { CircleHelp } from "lucide-react";
import { GlossaryPopover } from "@/components/ui/glossary-popover";
import { formatPercent } from "@/lib/format/number";
import { answerableWords } from "./answerable-words";
import type { Recalled } from "./use-recall";

/** Says above the results when they are likely to be no answer, which a list of the nearest never shows by itself. */
export function Answerable({ answer }: { readonly answer: Recalled }) {
  const words = answerableWords(answer);
  if (words === null) return null;
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-unsupported-soft px-3 py-2 text-sm"
    >
      <CircleHelp aria-hidden className="size-4 shrink-0 text-unsupported" />
      <span className="min-w-0 flex-1 basis-60 font-medium">{words.sentence}</span>
      <span className="num text-xs text-muted">
        <GlossaryPopover term="answerability" /> {formatPercent(answer.answerability)}
      </span>
    </p>
  );
}
