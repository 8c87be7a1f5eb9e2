"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { useLiveEvent } from "@/lib/client/live";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { showDone, showFailure } from "../ui/undo-toast";
import type { ImportFormat } from "./import-formats";

export type Imported = CallOutput<"import.create">;

/** An import that was written, and whether it was taken back since. */
export interface Written {
  readonly imported: Imported;
  readonly isUndone: boolean;
}

/** A file on its way in: looked at first, then written as one group, then taken back if it was wrong. */
export function useImport(file: File | null, format: ImportFormat) {
  const client = useQueryClient();
  const dryRun = useVerb(verbs.importMemories);
  const write = useVerb(verbs.importMemories);
  const progress = useProgress();
  const [written, setWritten] = useState<Written | null>(null);
  const [isUndoing, setUndoing] = useState(false);
  const onError = (error: unknown) => showFailure("Nothing was imported", error);
  const send = (query: { readonly dryRun?: true; readonly onError?: "keep" }) => {
    progress.begin();
    return { query: { ...query, format, name: file?.name ?? "import" }, stream: file ?? "" };
  };
  const onSuccess = (imported: Imported) => {
    dryRun.reset();
    if (imported.groupId === null) showDone("There was nothing new in it");
    else setWritten({ imported, isUndone: false });
  };
  const undo = () => {
    const groupId = written?.imported.groupId ?? null;
    if (written === null || groupId === null) return;
    setUndoing(true);
    undoGroup(client, groupId)
      .then(
        () => setWritten({ ...written, isUndone: true }),
        (error: unknown) => showFailure("The import was not taken back", error),
      )
      .finally(() => setUndoing(false));
  };
  return {
    preview: dryRun.data,
    written,
    linesRead: dryRun.isPending || write.isPending ? progress.lines : null,
    isChecking: dryRun.isPending,
    isImporting: write.isPending,
    isUndoing,
    undo,
    forget: () => {
      dryRun.reset();
      setWritten(null);
    },
    check: () => dryRun.mutate(send({ dryRun: true }), { onError }),
    /** With `keep`, what stands before a bad line is imported without the rest. */
    run: ({ keep }: { readonly keep: boolean }) =>
      write.mutate(send(keep ? { onError: "keep" } : {}), { onSuccess, onError }),
  };
}

/** How far the server has read, as its events say; a short file is done before the first one. */
function useProgress() {
  const [lines, setLines] = useState<number | null>(null);
  const onProgress = useCallback((data: unknown) => {
    if (typeof data !== "object" || data === null || !("job" in data) || data.job !== "import") return;
    if ("done" in data && typeof data.done === "number") setLines(data.done);
  }, []);
  useLiveEvent("progress", onProgress);
  return { lines, begin: () => setLines(null) };
}
