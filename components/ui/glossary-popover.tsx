"use client";

import type { ReactNode } from "react";
import { glossary, type GlossaryEntry, type GlossaryTerm } from "./glossary";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";

export interface Setting {
  readonly name: string;
  /** Already formatted, with its unit. */
  readonly text: string;
}

export interface GlossaryPopoverProps {
  readonly term: GlossaryTerm;
  /** Values in force of the parameters the formula reads. */
  readonly settings?: readonly Setting[];
  /** What is shown in the text; the term's name when left out. */
  readonly children?: ReactNode;
}

/** The name of a metric; pressing it says what it means, how it is computed and with which settings. */
export function GlossaryPopover({ term, settings = [], children }: GlossaryPopoverProps) {
  const entry: GlossaryEntry = glossary[term];
  return (
    <Popover>
      <PopoverTrigger className="relative rounded-xs underline before:absolute before:inset-x-0 before:-inset-y-1 decoration-line-control decoration-dotted underline-offset-[3px] hover:decoration-ink">
        {children ?? entry.name}
      </PopoverTrigger>
      <PopoverContent
        aria-label={`About ${entry.name}`}
        align="start"
        className="flex flex-col gap-2.5 text-sm"
      >
        <p className="font-semibold">{entry.name}</p>
        <p className="text-muted">{entry.meaning}</p>
        {entry.formula ? (
          <pre className="overflow-x-auto rounded-md bg-sunken px-2.5 py-2 font-mono text-xs leading-relaxed whitespace-pre-wrap">
            {entry.formula}
          </pre>
        ) : null}
        {settings.length > 0 ? (
          <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-t border-line pt-2.5 text-xs">
            {settings.map((setting) => (
              <div key={setting.name} className="contents">
                <dt className="font-mono text-muted">{setting.name}</dt>
                <dd className="num text-right font-medium">{setting.text}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}
