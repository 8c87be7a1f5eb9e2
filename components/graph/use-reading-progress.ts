"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { keys } from "@/lib/client/keys";
import { useLiveEvent } from "@/lib/client/live";

/** Names that are read in the background appear on the page as they come. */
export function useReadingProgress(): void {
  const client = useQueryClient();
  const onProgress = useCallback(
    (data: unknown) => {
      const isOfNames = typeof data === "object" && data !== null && "job" in data && data.job === "entities";
      if (isOfNames) void client.invalidateQueries({ queryKey: keys.graph.all });
    },
    [client],
  );
  useLiveEvent("progress", onProgress);
}
