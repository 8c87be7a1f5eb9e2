import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { proposedText, sourceTexts } from "@/components/merges/merge-sources";
import { SourcedText, SourceMark } from "@/components/merges/sourced-text";
import { DiffText } from "@/components/ui/diff-text";
import { registerText } from "@/components/ui/register-value";
import type { Proposal } from "./cycle-words";

export interface ProposalChangeProps {
  readonly proposal: Proposal;
  /** What a person wrote instead of the proposed text of a merge. */
  readonly content: string | undefined;
}

/** What it is and what it would be, in the form that fits: words by source, a word diff, or values. */
export function ProposalChange({ proposal, content }: ProposalChangeProps) {
  const { kind, before, after } = proposal;
  if (kind === "merge") return <MergeChange proposal={proposal} content={content} />;
  if (kind === "supersede" || kind === "contest") return <TwoTexts proposal={proposal} />;
  if (before === null && after === null) return <Targets proposal={proposal} />;
  return (
    <div className="flex flex-col gap-1.5">
      {proposal.targets[0]?.type === "memory" ? <Targets proposal={proposal} /> : null}
      <p className="num flex flex-wrap items-center gap-1.5 text-sm">
        <span className="break-words text-muted">{registerText(before)}</span>
        <ArrowRight aria-label="to" className="size-3.5 shrink-0 text-muted" />
        <span className="font-medium break-words">{registerText(after)}</span>
      </p>
    </div>
  );
}

function MergeChange({ proposal, content }: ProposalChangeProps) {
  const sources = sourceTexts(proposal);
  return (
    <div className="grid gap-x-6 gap-y-3 lg:grid-cols-2">
      <ol aria-label="Sources" className="flex flex-col gap-1.5 self-start">
        {sources.map((source, index) => (
          <li key={proposal.targets[index]?.id ?? index} className="flex items-baseline gap-2 text-sm">
            <SourceMark index={index} />
            <Link
              href={`/memories/${proposal.targets[index]?.id ?? ""}`}
              className="min-w-0 rounded-xs break-words underline-offset-2 hover:underline"
            >
              {source}
            </Link>
          </li>
        ))}
      </ol>
      <div className="rounded-md bg-sunken px-3 py-2">
        <SourcedText text={content ?? proposedText(proposal)} sources={sources} />
      </div>
    </div>
  );
}

/** Two memories say different things: the words in which they differ are marked. */
function TwoTexts({ proposal: { before, after, targets } }: Pick<ProposalChangeProps, "proposal">) {
  const [older, newer] = [registerText(before), registerText(after)];
  return (
    <div className="flex flex-col gap-1.5">
      <DiffText before={older} after={newer} className="text-base leading-relaxed" />
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted">
        {targets.map((target, index) => (
          <Link
            key={target.id}
            href={`/memories/${target.id}`}
            className="rounded-xs text-accent underline-offset-2 hover:underline"
          >
            Open the {index === 0 ? "earlier" : "later"} memory
          </Link>
        ))}
      </p>
    </div>
  );
}

function Targets({ proposal: { targets } }: Pick<ProposalChangeProps, "proposal">) {
  return (
    <ul aria-label="About" className="flex flex-col gap-1 text-sm">
      {targets.map((target) => (
        <li key={target.id} className="break-words">
          {target.type === "memory" ? (
            <Link href={`/memories/${target.id}`} className="rounded-xs underline-offset-2 hover:underline">
              {target.label}
            </Link>
          ) : (
            target.label
          )}
        </li>
      ))}
    </ul>
  );
}
