import { cn } from "@/components/ui/cn";
import { lostWords, sourcedWords } from "./word-sources";

/** One look per source, up to the eight that a merge may have. The letter says it too. */
const looks = [
  "decoration-part-similarity",
  "decoration-part-utility",
  "decoration-contested-mark",
  "decoration-gain-mark",
  "decoration-suspended-mark",
  "decoration-part-cue",
  "decoration-unsupported-mark",
  "decoration-reverted-mark",
] as const;
const styles = ["decoration-solid", "decoration-dashed", "decoration-dotted", "decoration-double"] as const;

export function sourceLetter(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

function lookOf(index: number): string {
  return cn(
    "underline decoration-2 underline-offset-4",
    looks[index % looks.length],
    styles[index % styles.length],
  );
}

/** The letter of a source with the line under it that marks its words. */
export function SourceMark({ index }: { readonly index: number }) {
  return (
    <span className={cn("w-4 shrink-0 text-center font-mono text-xs font-semibold", lookOf(index))}>
      <span className="sr-only">Source </span>
      {sourceLetter(index)}
    </span>
  );
}

export interface SourcedTextProps {
  readonly text: string;
  readonly sources: readonly string[];
}

/** A merged text whose every word shows its source; words that no source has are marked as new, lost ones are listed. */
export function SourcedText({ text, sources }: SourcedTextProps) {
  const lost = lostWords(text, sources);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-base leading-loose break-words">
        {sourcedWords(text, sources).map((word, index) =>
          word.source === undefined ? (
            word.text
          ) : word.source === null ? (
            <NewWord key={index} text={word.text} />
          ) : (
            <span
              key={index}
              className={lookOf(word.source)}
              title={`From source ${sourceLetter(word.source)}`}
            >
              {word.text}
            </span>
          ),
        )}
      </p>
      {lost.length > 0 ? (
        <p className="text-xs text-muted">
          <span className="font-medium text-loss">Lost words:</span> {lost.join(", ")}
        </p>
      ) : (
        <p className="text-xs text-muted">No word of the sources is lost.</p>
      )}
    </div>
  );
}

function NewWord({ text }: { readonly text: string }) {
  return (
    <mark className="rounded-xs bg-loss-soft px-1 font-medium text-loss">
      {text}
      <sup className="ml-0.5 text-2xs">new</sup>
    </mark>
  );
}
