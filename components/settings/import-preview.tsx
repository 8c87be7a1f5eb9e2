"use client";

import { formatCount, plural } from "@/lib/format/number";
import { Badge } from "../ui/badge";
import { formatLabel } from "./import-formats";
import type { Imported } from "./use-import";

/** What a file would bring, before anything is written. */
export function ImportPreview({ preview }: { readonly preview: Imported }) {
  const { error, unknownFields, notes } = preview;
  return (
    <div className="flex flex-col gap-3">
      <div role="status" className="flex flex-col gap-1 rounded-md bg-sunken px-3 py-2 text-sm">
        <p>
          Read as {formatLabel(preview.format)}:{" "}
          <strong className="num font-medium">{formatCount(preview.created)}</strong> new,{" "}
          <strong className="num font-medium">{formatCount(preview.duplicates)}</strong> known already,{" "}
          <strong className="num font-medium">{formatCount(preview.skipped)}</strong> empty
          {preview.moved > 0 ? `, ${plural(preview.moved, "change")} of lifecycle from there` : ""}. Nothing
          is written yet.
        </p>
        {unknownFields.length > 0 ? (
          <p className="text-muted">Kept in the metadata: {unknownFields.join(", ")}.</p>
        ) : null}
        {notes.map((note) => (
          <p key={note} className="text-muted">
            {note}.
          </p>
        ))}
        {error ? (
          <p className="text-loss">
            Number {formatCount(error.line)} {error.message}. Mend it and choose the file again, or import
            what stands before it.
          </p>
        ) : null}
      </div>
      {preview.preview.length > 0 ? <FirstMemories preview={preview} /> : null}
    </div>
  );
}

function FirstMemories({ preview }: { readonly preview: Imported }) {
  return (
    <section aria-label="The first memories of the file" className="flex flex-col gap-1.5">
      <h3 className="text-xs font-medium text-muted">The first {formatCount(preview.preview.length)}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {preview.preview.map((item, i) => (
          // Two memories of a file may be word for word the same.
          <li key={i} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2 text-sm">
            <p className="line-clamp-2 min-w-0 flex-1 basis-64 break-words">{item.content}</p>
            <span className="flex flex-wrap gap-1">
              <Badge tone="outline">{item.kind}</Badge>
              {item.lifecycle === "active" ? null : <Badge tone="neutral">{item.lifecycle}</Badge>}
              {item.tags.slice(0, 3).map((tag) => (
                <Badge key={tag} tone="neutral">
                  {tag}
                </Badge>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
