"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { plural } from "@/lib/format/number";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";

const SAMPLE_URL = "/sample/notes.ndjson";

/** Fetches the sample notes and imports them as one change, which one press takes back. */
export function useSampleImport(onLoaded: () => void) {
  const client = useQueryClient();
  const importMemories = useVerb(verbs.importMemories);
  const loading = useMutation({
    mutationFn: async () => {
      const response = await fetch(SAMPLE_URL);
      if (!response.ok) throw new Error(`The sample file answered ${response.status}.`);
      return importMemories.mutateAsync({ query: { format: "ndjson" }, stream: await response.text() });
    },
    onSuccess: ({ created, groupId }) => {
      onLoaded();
      const message = `Loaded ${plural(created, "memory", "memories")}`;
      if (groupId === null) return showDone(message);
      showUndo({
        message,
        onUndo: () => undoGroup(client, groupId),
        timelineHref: `/timeline?group=${groupId}`,
      });
    },
    onError: (error) => showFailure("The sample data could not be loaded", error),
  });
  return { load: () => loading.mutate(), isPending: loading.isPending };
}
