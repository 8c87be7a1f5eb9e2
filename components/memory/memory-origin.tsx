"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { QuotedText } from "./quoted-text";
import type { Memory } from "./use-memory-actions";
import { versionsOf } from "./version-list";

/** The words that a memory came with: still its text, or what was made of them since. Merged ones have several sources instead. */
export function MemoryOrigin({ memory }: { readonly memory: Memory }) {
  const found = useInfiniteQuery({
    ...queries.changes({ target: memory.id, op: "create" }),
    enabled: memory.mergedFrom.length === 0,
  });
  if (memory.mergedFrom.length > 0) return null;
  return (
    <Card title="Its words, as they came">
      <DataPanel query={found} failureTitle="The words it came with could not be loaded">
        {({ pages }) => {
          const first = versionsOf(
            memory.id,
            pages.flatMap((page) => page.items),
          ).at(-1);
          return (
            <>
              <QuotedText source={first?.text ?? memory.content} text={memory.content} />
              <p className="mt-2 text-xs text-pretty text-muted">
                {first === undefined || first.text === memory.content ? WHOLE : EDITED} {whereFrom(memory)}
              </p>
            </>
          );
        }}
      </DataPanel>
    </Card>
  );
}

const WHOLE = "Its text is what was given, word for word.";
const EDITED = "Edited since; marked is what it still holds.";

/** What is known of the place the words were taken from; a client that names none leaves nothing to lead back to. */
function whereFrom({ source: { ref }, scope: { sessionId } }: Memory): string {
  if (ref !== undefined) return "The message it was taken from is named above; no more of it is kept.";
  return sessionId
    ? "The conversation is named above; no more of it is kept than its memories."
    : "Whoever wrote it named no message or document.";
}
