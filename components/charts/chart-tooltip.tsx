import type { ReactNode } from "react";

export interface TooltipLine {
  readonly label: string;
  readonly text: string;
  readonly color?: string;
}

export interface ChartTooltipProps {
  readonly heading: ReactNode;
  readonly lines: readonly TooltipLine[];
}

/** The card that follows the pointer. What it says is in the table too, so it hides nothing from the keyboard. */
export function ChartTooltip({ heading, lines }: ChartTooltipProps) {
  return (
    <div className="min-w-36 rounded-md border border-line-strong bg-overlay px-2.5 py-2 text-xs text-ink shadow-float">
      <p className="mb-1 font-medium">{heading}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5">
        {lines.map((line) => (
          <div key={line.label} className="contents">
            <dt className="flex items-center gap-1.5 text-muted">
              {line.color ? (
                <span aria-hidden className="size-2 rounded-[2px]" style={{ background: line.color }} />
              ) : null}
              {line.label}
            </dt>
            <dd className="num text-right font-medium">{line.text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
