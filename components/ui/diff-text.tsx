import { useMemo } from "react";
import { cn } from "./cn";
import { diffWords, type DiffPart } from "./diff-words";

export interface DiffTextProps {
  readonly before: string;
  readonly after: string;
  readonly className?: string;
}

/** One text with what was taken out and put in. The marks − and + say it too, so that the colours only repeat it. */
export function DiffText({ before, after, className }: DiffTextProps) {
  const parts = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <p className={cn("break-words whitespace-pre-wrap", className)}>
      {parts.map((part, index) => (
        <DiffSpan key={index} part={part} />
      ))}
    </p>
  );
}

function DiffSpan({ part }: { readonly part: DiffPart }) {
  if (part.kind === "same") return part.text;
  const [lead = "", body = "", tail = ""] = splitEdges(part.text);
  if (body === "") return part.kind === "added" ? part.text : null;
  return (
    <>
      {part.kind === "added" ? lead : null}
      {part.kind === "added" ? (
        <ins className="rounded-xs bg-gain-soft px-0.5 text-gain decoration-gain-mark/60 underline-offset-2">
          <span aria-hidden className="mr-px font-mono text-2xs">
            +
          </span>
          <span className="sr-only">added: </span>
          {body}
        </ins>
      ) : (
        <del className="mr-1 rounded-xs bg-loss-soft px-0.5 text-loss decoration-loss-mark/70">
          <span aria-hidden className="mr-px inline-block font-mono text-2xs no-underline">
            −
          </span>
          <span className="sr-only">removed: </span>
          {body}
        </del>
      )}
      {part.kind === "added" ? tail : null}
    </>
  );
}

/** Whitespace at the ends of a part stays outside its mark. */
function splitEdges(text: string): readonly string[] {
  return /^(\s*)([\s\S]*?)(\s*)$/.exec(text)?.slice(1) ?? ["", text, ""];
}
