"use client";

import { FileCheck2, FileUp, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount, plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { importFormats, type ImportFormat } from "./import-formats";
import { ImportPreview } from "./import-preview";
import { useImport, type Written } from "./use-import";

type Transfer = ReturnType<typeof useImport>;

/** Files in, after a look at what they hold. */
export function DataImport() {
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState<ImportFormat>("auto");
  const transfer = useImport(file, format);
  return (
    <Card
      title="Import"
      description="What other memories export, and plain files. Looked at first, written as one change, taken back as one."
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-4">
          <Field
            label="File"
            hint={
              file ? `${file.name}, ${formatBytes(file.size)}` : "JSON, CSV, Markdown, .af, zip or tar.gz."
            }
          >
            {(ids) => (
              <Input
                {...ids}
                type="file"
                accept=".ndjson,.jsonl,.json,.txt,.csv,.md,.af,.zip,.gz,.tar"
                onChange={(event) => {
                  setFile(event.target.files?.[0] ?? null);
                  transfer.forget();
                }}
                className="py-0 leading-(--control-h) file:mr-3 file:rounded-sm file:border-0 file:bg-pressed file:px-2 file:py-0.5 file:text-xs file:leading-5 file:text-ink"
              />
            )}
          </Field>
          <Field label="Format">
            {(ids) => (
              <Select
                id={ids.id}
                options={importFormats}
                value={format}
                onValueChange={(next) => {
                  setFormat(next);
                  transfer.forget();
                }}
              />
            )}
          </Field>
        </div>
        {transfer.preview ? <ImportPreview preview={transfer.preview} /> : null}
        {transfer.written ? <WrittenImport written={transfer.written} transfer={transfer} /> : null}
        <ImportActions transfer={transfer} hasFile={file !== null} />
      </div>
    </Card>
  );
}

function ImportActions({ transfer, hasFile }: { readonly transfer: Transfer; readonly hasFile: boolean }) {
  const { preview, linesRead } = transfer;
  const isWhole = preview !== undefined && preview.error === null;
  const hasNews = preview !== undefined && preview.created + preview.duplicates > 0;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button disabled={!hasFile} busy={transfer.isChecking} onClick={transfer.check}>
        {transfer.isChecking ? null : <FileCheck2 aria-hidden />}
        Dry run
      </Button>
      <Button
        variant="primary"
        disabled={!isWhole || !hasNews}
        busy={transfer.isImporting}
        onClick={() => transfer.run({ keep: false })}
      >
        {transfer.isImporting ? null : <FileUp aria-hidden />}
        Import
      </Button>
      {preview && !isWhole && hasNews ? (
        <Button busy={transfer.isImporting} onClick={() => transfer.run({ keep: true })}>
          Import what stands before it
        </Button>
      ) : null}
      {linesRead === null ? null : (
        <span role="status" className="num text-sm text-muted">
          {formatCount(linesRead)} read
        </span>
      )}
    </div>
  );
}

function WrittenImport({ written, transfer }: { readonly written: Written; readonly transfer: Transfer }) {
  const { imported, isUndone } = written;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-sunken px-3 py-2 text-sm"
    >
      <p className="min-w-0 flex-1 basis-64">
        {isUndone
          ? "Taken back: the memory is as it was before the import."
          : `Imported ${plural(imported.created, "memory", "memories")}${imported.duplicates > 0 ? `, ${formatCount(imported.duplicates)} known already` : ""}.`}{" "}
        <Link className="underline" href={`/timeline?group=${imported.groupId ?? ""}`}>
          On the timeline
        </Link>
      </p>
      {isUndone ? null : (
        <Button size="sm" busy={transfer.isUndoing} onClick={transfer.undo}>
          {transfer.isUndoing ? null : <Undo2 aria-hidden />}
          Undo import
        </Button>
      )}
    </div>
  );
}
