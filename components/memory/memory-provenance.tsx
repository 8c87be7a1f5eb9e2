import type { ReactNode } from "react";
import Link from "next/link";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { CopyButton } from "../ui/copy-button";
import { registerText } from "../ui/register-value";
import { RelativeTime } from "../ui/relative-time";
import { MemoryLink } from "./memory-link";
import type { Memory } from "./use-memory-actions";

const trustText: Readonly<Record<Memory["trust"], string>> = {
  owner: "Owner: believed in full",
  verified: "Verified",
  ordinary: "Ordinary",
  low: "Low: what it says moves little",
};

/** Where it comes from, from the source to the memory and on to what became of it, and how far that is believed. */
export function MemoryProvenance({ memory }: { readonly memory: Memory }) {
  const { scope, metadata, mergedInto, supersededBy } = memory;
  return (
    <Card title="Where it comes from">
      <ol aria-label="From its source to now" className="mb-4 flex flex-col text-sm">
        <SourceLinks memory={memory} />
        <ChainLink title="Remembered" current={mergedInto === null && supersededBy === null}>
          <RelativeTime at={memory.createdAt} />
          <span className="text-muted"> · {trustText[memory.trust]}</span>
        </ChainLink>
        {mergedInto === null ? null : (
          <ChainLink title="Merged into" current>
            <MemoryLink memoryId={mergedInto} />
          </ChainLink>
        )}
        {supersededBy === null ? null : (
          <ChainLink title="A newer memory took its place" current>
            <MemoryLink memoryId={supersededBy} />
          </ChainLink>
        )}
      </ol>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2 border-t border-line pt-4 text-sm">
        {scope.userId ? <Fact name="User">{scope.userId}</Fact> : null}
        {scope.agentId ? <Fact name="Agent">{scope.agentId}</Fact> : null}
        {scope.runId ? <Fact name="Run">{scope.runId}</Fact> : null}
        <Fact name="True since">
          <RelativeTime at={memory.validAt} />
        </Fact>
        {memory.invalidAt ? (
          <Fact name="True until">
            <RelativeTime at={memory.invalidAt} />
          </Fact>
        ) : null}
        <Fact name="Last moved">
          <RelativeTime at={memory.updatedAt} />
        </Fact>
        {Object.entries(metadata).map(([name, held]) => (
          <Fact key={name} name={name}>
            {registerText(held)}
          </Fact>
        ))}
        <Fact name="Id">
          <span className="flex items-center gap-1">
            <code className="min-w-0 truncate font-mono text-xs">{memory.id}</code>
            <CopyButton text={memory.id} label="Copy the id" size="sm" />
          </span>
        </Fact>
      </dl>
    </Card>
  );
}

/** What lies before the memory: the conversation, who said it, or the memories it was made of. Each leads there. */
function SourceLinks({ memory: { source, scope, mergedFrom } }: { readonly memory: Memory }) {
  return (
    <>
      <ChainLink title={scope.sessionId ? "Conversation" : "Source"}>
        {scope.sessionId ? (
          <SearchLink words={`session:"${scope.sessionId}"`}>{scope.sessionId}</SearchLink>
        ) : (
          <SearchLink words={`channel:"${source.channel}"`}>{source.channel}</SearchLink>
        )}
        {scope.sessionId ? <span className="text-muted"> · {source.channel}</span> : null}
      </ChainLink>
      {source.speaker || source.ref ? (
        <ChainLink title={source.speaker ? "Said by" : "Message"}>
          {source.speaker ? (
            <SearchLink words={`speaker:"${source.speaker}"`}>{source.speaker}</SearchLink>
          ) : null}
          {source.ref ? (
            <code className="ml-1.5 font-mono text-2xs wrap-anywhere text-muted">{source.ref}</code>
          ) : null}
        </ChainLink>
      ) : null}
      {mergedFrom.length === 0 ? null : (
        <ChainLink title={`Merged from ${mergedFrom.length}`}>
          {mergedFrom.map((id) => (
            <MemoryLink key={id} memoryId={id} />
          ))}
        </ChainLink>
      )}
    </>
  );
}

interface ChainLinkProps {
  readonly title: string;
  /** The last link, where the chain stands now. */
  readonly current?: boolean;
  readonly children: ReactNode;
}

/** One link of the chain: a dot on the line, what it is, and the way to it. */
function ChainLink({ title, current = false, children }: ChainLinkProps) {
  return (
    <li className="relative pb-3 pl-5 before:absolute before:top-2 before:bottom-0 before:left-[3.5px] before:w-px before:bg-line-strong last:pb-0 last:before:hidden">
      <span
        aria-hidden
        className={cn(
          "absolute top-1.5 left-0 size-2 rounded-full border border-line-control bg-surface",
          current && "border-accent-mark bg-accent-mark",
        )}
      />
      <span className="block text-xs text-muted">{title}</span>
      <span className="flex min-w-0 flex-col wrap-break-word">
        <span>{children}</span>
      </span>
    </li>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

function Fact({ name, children }: FactProps) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-break-word">{children}</dd>
    </>
  );
}

interface SearchLinkProps {
  readonly words: string;
  readonly children: ReactNode;
}

function SearchLink({ words, children }: SearchLinkProps) {
  return (
    <Link
      href={`/memories?q=${encodeURIComponent(words)}`}
      className="rounded-xs text-accent underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
