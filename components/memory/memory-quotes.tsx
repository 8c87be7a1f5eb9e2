"use client";

import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "@/lib/client/queries";
import { SourcedText } from "../merges/sourced-text";
import { Card } from "../ui/card";
import { RelativeTime } from "../ui/relative-time";
import { QuotedText } from "./quoted-text";
import type { Memory } from "./use-memory-actions";

/** What a merged memory took from each of its sources, marked in the source's own words; and which of its words came from where. */
export function MemoryQuotes({ memory }: { readonly memory: Memory }) {
  const found = useQueries({ queries: memory.mergedFrom.map((id) => queries.memory(id)) });
  const sources = found.flatMap(({ data }) => (data === undefined ? [] : [data.memory]));
  if (memory.mergedFrom.length === 0 || sources.length < memory.mergedFrom.length) return null;
  return (
    <Card title="Its words, in their sources" description="Marked is what it took from each.">
      <ol className="flex flex-col gap-3">
        {sources.map((source) => (
          <li key={source.id}>
            <QuotedText source={source.content} text={memory.content} />
            <p className="mt-1 pl-3.5 text-xs text-muted">
              <Link
                href={`/memories/${source.id}`}
                className="rounded-xs text-accent underline-offset-2 hover:underline"
              >
                Open the source
              </Link>{" "}
              · {source.source.speaker ?? source.source.channel} ·{" "}
              <RelativeTime at={source.createdAt} focusable={false} />
            </p>
          </li>
        ))}
      </ol>
      <details className="mt-3 border-t border-line pt-3 text-sm">
        <summary className="cursor-pointer rounded-xs text-muted">Each word by its source</summary>
        <div className="mt-2">
          <SourcedText text={memory.content} sources={sources.map(({ content }) => content)} />
        </div>
      </details>
    </Card>
  );
}
