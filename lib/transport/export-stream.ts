import { exportCogx } from "@/lib/queries/export/cogx";
import { exportCsv } from "@/lib/queries/export/csv";
import { exportLedger } from "@/lib/queries/export-ledger";
import { exportNotes } from "@/lib/queries/export/notes";
import { exportPairs } from "@/lib/queries/export/pairs";
import { exportQuery, type EXPORT_FORMATS } from "@/lib/contracts/transfer";
import { Refusal } from "@/lib/domain/errors";
import type { Context } from "@/lib/commands/context";

type ExportFormat = (typeof EXPORT_FORMATS)[number];
type Parts = AsyncGenerator<string | Uint8Array>;

interface Exporter {
  readonly make: (ctx: Context) => Parts;
  readonly mediaType: string;
  /** What the file's name ends with. */
  readonly ending: string;
}

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  ndjson: { make: exportLedger, mediaType: "application/x-ndjson", ending: "ndjson" },
  cogx: { make: exportCogx, mediaType: "application/gzip", ending: "cogx.tar.gz" },
  markdown: { make: exportNotes, mediaType: "application/zip", ending: "zip" },
  csv: { make: exportCsv, mediaType: "text/csv; charset=utf-8", ending: "csv" },
  pairs: { make: exportPairs, mediaType: "application/x-ndjson", ending: "pairs.jsonl" },
};

/** A file that is made while it is read; whoever stops reading stops the making. */
export async function exportStream(ctx: Context, request: Request): Promise<Response> {
  const parsed = exportQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success)
    throw new Refusal("invalid_input", "The export's options are not valid.", {
      fields: parsed.error.issues.map((i) => ({ path: i.path.join("."), message: i.message })),
    });
  const { make, mediaType, ending } = EXPORTERS[parsed.data.format ?? "ndjson"];
  const parts = make(ctx);
  // What cannot be exported at all is refused with a status, before anything has been answered.
  const first = await parts.next();
  const name = `palimpsest-${new Date(ctx.now()).toISOString().slice(0, "2026-01-01".length)}.${ending}`;
  return new Response(bodyOf(parts, first), {
    headers: {
      "content-type": mediaType,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

function bodyOf(parts: Parts, first: IteratorResult<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<string | Uint8Array>> | null = Promise.resolve(first);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await (next ?? parts.next());
      next = null;
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
