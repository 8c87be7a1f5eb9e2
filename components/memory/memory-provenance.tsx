import type { ReactNode } from "react";
import Link from "next/link";
import { Card } from "../ui/card";
import { CopyButton } from "../ui/copy-button";
import { registerText } from "../ui/register-value";
import { RelativeTime } from "../ui/relative-time";
import type { Memory } from "./use-memory-actions";

const trustText: Readonly<Record<Memory["trust"], string>> = {
  owner: "Owner: believed in full",
  verified: "Verified",
  ordinary: "Ordinary",
  low: "Low: what it says moves little",
};

/** Where it comes from and how far that is believed. */
export function MemoryProvenance({ memory }: { readonly memory: Memory }) {
  const { source, scope, metadata } = memory;
  return (
    <Card title="Where it comes from">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        <Fact name="Source">{source.channel}</Fact>
        {source.speaker ? (
          <Fact name="Speaker">
            <SearchLink words={`speaker:"${source.speaker}"`}>{source.speaker}</SearchLink>
          </Fact>
        ) : null}
        {scope.sessionId ? (
          <Fact name="Session">
            <SearchLink words={`session:"${scope.sessionId}"`}>{scope.sessionId}</SearchLink>
          </Fact>
        ) : null}
        {scope.userId ? <Fact name="User">{scope.userId}</Fact> : null}
        {scope.agentId ? <Fact name="Agent">{scope.agentId}</Fact> : null}
        {scope.runId ? <Fact name="Run">{scope.runId}</Fact> : null}
        {source.ref ? <Fact name="Reference">{source.ref}</Fact> : null}
        <Fact name="Trust">{trustText[memory.trust]}</Fact>
        <Fact name="True since">
          <RelativeTime at={memory.validAt} />
        </Fact>
        {memory.invalidAt ? (
          <Fact name="True until">
            <RelativeTime at={memory.invalidAt} />
          </Fact>
        ) : null}
        <Fact name="Written">
          <RelativeTime at={memory.createdAt} />
        </Fact>
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
