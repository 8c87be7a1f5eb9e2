"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download, FileCheck2, FileUp } from "lucide-react";
import { useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount, plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { showDone, showFailure, showUndo } from "../ui/undo-toast";

const EXPORT_URL = "/api/v1/export?format=ndjson";

/** Files in, after a look at what they hold; the whole ledger out. */
export function DataTransfer() {
  const [file, setFile] = useState<File | null>(null);
  const transfer = useImport(file);
  const choose = (next: File | null) => {
    setFile(next);
    transfer.forget();
  };
  return (
    <>
      <Card
        title="Import"
        description="Lines of JSON with a content, or an exported conversation. Looked at first, written as one change."
      >
        <div className="flex flex-col gap-4">
          <Field
            label="File"
            hint={file ? `${file.name}, ${formatBytes(file.size)}` : "NDJSON or JSON, UTF-8."}
          >
            {(ids) => (
              <Input
                {...ids}
                type="file"
                accept=".ndjson,.jsonl,.json,.txt"
                onChange={(event) => choose(event.target.files?.[0] ?? null)}
                className="h-auto py-1.5 file:mr-3 file:rounded-sm file:border-0 file:bg-pressed file:px-2 file:py-1 file:text-xs file:text-ink"
              />
            )}
          </Field>
          {transfer.preview ? <ImportPreview preview={transfer.preview} /> : null}
          <div className="flex flex-wrap gap-2">
            <Button disabled={file === null} busy={transfer.isChecking} onClick={transfer.check}>
              {transfer.isChecking ? null : <FileCheck2 aria-hidden />}
              Dry run
            </Button>
            <Button
              variant="primary"
              disabled={
                !transfer.preview || transfer.preview.error !== null || transfer.preview.created === 0
              }
              busy={transfer.isImporting}
              onClick={transfer.run}
            >
              {transfer.isImporting ? null : <FileUp aria-hidden />}
              Import
            </Button>
          </div>
        </div>
      </Card>
      <Card
        title="Export"
        description="The whole ledger as lines of JSON: every memory, every change, every signal. It can be restored into an empty workspace, digest by digest."
      >
        <Button asChild>
          <a href={EXPORT_URL} download="palimpsest.ndjson">
            <Download aria-hidden />
            Download the export
          </a>
        </Button>
      </Card>
    </>
  );
}

type Imported = CallOutput<"import.create">;

function ImportPreview({ preview }: { readonly preview: Imported }) {
  const { error } = preview;
  return (
    <div role="status" className="rounded-md bg-sunken px-3 py-2 text-sm">
      <p>
        {plural(preview.lines, "line")} read as {preview.format}:{" "}
        <strong className="num font-medium">{formatCount(preview.created)}</strong> new,{" "}
        <strong className="num font-medium">{formatCount(preview.duplicates)}</strong> known already,{" "}
        <strong className="num font-medium">{formatCount(preview.skipped)}</strong> skipped. Nothing is
        written yet.
      </p>
      {preview.unknownFields.length > 0 ? (
        <p className="text-muted">Kept in the metadata: {preview.unknownFields.join(", ")}.</p>
      ) : null}
      {error ? (
        <p className="text-loss">
          Line {error.line} {error.message}. Mend it and choose the file again.
        </p>
      ) : null}
    </div>
  );
}

function useImport(file: File | null) {
  const client = useQueryClient();
  const dryRun = useVerb(verbs.importMemories);
  const write = useVerb(verbs.importMemories);
  const onError = (error: unknown) => showFailure("Nothing was imported", error);
  return {
    preview: dryRun.data,
    isChecking: dryRun.isPending,
    isImporting: write.isPending,
    forget: () => dryRun.reset(),
    check: () => (file ? dryRun.mutate({ query: { dryRun: true }, stream: file }, { onError }) : undefined),
    run: () => {
      if (file === null) return;
      const onSuccess = ({ created, groupId }: Imported) => {
        dryRun.reset();
        if (groupId === null) return showDone("There was nothing new in it");
        showUndo({
          message: `Imported ${plural(created, "memory", "memories")}`,
          onUndo: () => undoGroup(client, groupId),
          timelineHref: `/timeline?group=${groupId}`,
        });
      };
      write.mutate({ query: {}, stream: file }, { onSuccess, onError });
    },
  };
}
