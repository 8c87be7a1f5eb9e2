"use client";

import { Download } from "lucide-react";
import { Button } from "../ui/button";
import { Card } from "../ui/card";

const formats = [
  {
    format: "ndjson",
    title: "Whole ledger",
    text: "Every memory and every change as lines of JSON. Restored into an empty workspace it is the same, digest by digest.",
  },
  {
    format: "markdown",
    title: "Obsidian vault",
    text: "A zip with one note per memory, its properties and links.",
  },
  { format: "csv", title: "Table", text: "CSV for spreadsheets. No cell can act as a formula." },
  {
    format: "cogx",
    title: "COGX archive",
    text: "For cognee and others that read COGX 0.1, with the ledger beside it.",
  },
  {
    format: "pairs",
    title: "Judged pairs",
    text: "Questions with what helped and what did not, for training a model; a fifth of the questions is held out.",
  },
] as const;

/** The memory out, whole or in a form that another program reads. */
export function DataExport() {
  return (
    <Card
      title="Export"
      description="Made while it downloads. Deleted and erased memories are in none but the ledger, erased texts in none at all."
      flush
    >
      <ul className="divide-y divide-line border-t border-line">
        {formats.map(({ format, title, text }) => (
          <li
            key={format}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-(--row-y) text-sm"
          >
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-medium">{title}</p>
              <p className="text-xs text-muted">{text}</p>
            </div>
            <Button asChild size="sm">
              <a href={`/api/v1/export?format=${format}`} download aria-label={`Download: ${title}`}>
                <Download aria-hidden />
                Download
              </a>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
