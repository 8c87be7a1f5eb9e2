import { BlastRadius } from "@/components/ui/blast-radius";
import { DataPanel } from "@/components/ui/data-panel";
import { Field } from "@/components/ui/field";
import type { QueryLike } from "@/components/ui/panel-state";
import { Textarea } from "@/components/ui/textarea";
import type { CallOutput } from "@/lib/client/api";
import { formatDecimal } from "@/lib/format/number";
import type { FoundMemory } from "./memory-search";
import { SourcedText } from "./sourced-text";

export interface MergePreviewProps {
  readonly query: QueryLike<CallOutput<"merges.create">>;
  readonly sources: readonly FoundMemory[];
  /** What a person wrote instead of the proposal; null while the proposal stands. */
  readonly text: string | null;
  readonly onTextChange: (text: string) => void;
}

/** The proposed text with the source of each word, open to editing, and every register that the merge would move. */
export function MergePreview({ query, sources, text, onTextChange }: MergePreviewProps) {
  const texts = sources.map((source) => source.content);
  return (
    <DataPanel query={query} failureTitle="These memories cannot be merged">
      {({ merge, effects, blastRadius }) => (
        <div className="flex flex-col gap-5">
          <section aria-label="Proposed text">
            <h3 className="mb-1 flex items-baseline gap-2 text-sm font-semibold">
              Proposed text
              {merge.similarity === null ? null : (
                <span className="num text-xs font-normal text-muted">
                  least similar pair {formatDecimal(merge.similarity)}
                </span>
              )}
            </h3>
            <SourcedText text={text ?? merge.content} sources={texts} />
          </section>
          <Field label="Edit the text" hint="Words that no source has are marked as new above.">
            {(ids) => (
              <Textarea
                {...ids}
                value={text ?? merge.content}
                onChange={(event) => onTextChange(event.target.value)}
              />
            )}
          </Field>
          <BlastRadius effects={effects} blastRadius={blastRadius} />
        </div>
      )}
    </DataPanel>
  );
}
