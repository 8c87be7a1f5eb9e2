import { quotedSpans } from "./quoted-spans";

export interface QuotedTextProps {
  readonly source: string;
  /** What was made of it. */
  readonly text: string;
}

/** A source in its own words; marked is what the memory holds of it. */
export function QuotedText({ source, text }: QuotedTextProps) {
  return (
    <blockquote className="border-l-2 border-line-strong pl-3 text-sm leading-relaxed wrap-anywhere text-muted">
      {quotedSpans(source, text).map((span, index) =>
        span.isQuoted ? (
          <mark key={index} className="rounded-xs bg-accent-soft px-0.5 text-ink">
            {span.text}
          </mark>
        ) : (
          span.text
        ),
      )}
    </blockquote>
  );
}
