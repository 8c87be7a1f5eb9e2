"use client";

import { useRef } from "react";
import { showFailure } from "@/components/ui/undo-toast";
import { useVerb, verbs } from "@/lib/client/mutations";

interface Planned {
  readonly memoryId: string;
  readonly content: string;
}

/** What a merge was edited to, given to one of its sources as soon as that stands by itself again. */
export function useRescue() {
  const planned = useRef<Planned | null>(null);
  const update = useVerb(verbs.updateMemory);
  return {
    plan: (memoryId: string, content: string) => {
      planned.current = { memoryId, content };
    },
    forget: () => {
      planned.current = null;
    },
    carryOut: () => {
      if (planned.current === null) return;
      const { memoryId, content } = planned.current;
      planned.current = null;
      update.mutate(
        { params: { id: memoryId }, body: { content } },
        { onError: (error) => showFailure("The edited text could not be kept", error) },
      );
    },
  };
}
