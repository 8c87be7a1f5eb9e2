import { exportStream } from "./export-stream";
import { headOf } from "@/lib/queries/head";
import { imported, importQuery } from "@/lib/contracts/transfer";
import { importMemories } from "@/lib/commands/import/import-memories";
import { keepEpochs } from "@/lib/commands/refresh-epoch";
import { Refusal } from "@/lib/domain/errors";
import { subscribe } from "@/lib/store/feed";
import type { Context } from "@/lib/commands/context";

/** The operations whose body or answer is a stream. */
export async function performStream(
  id: "events" | "import.create" | "export.get",
  ctx: Context,
  request: Request,
): Promise<Response> {
  keepEpochs();
  if (id === "events") return events(ctx, request);
  return id === "import.create" ? importStream(ctx, request) : exportStream(ctx, request);
}

async function importStream(ctx: Context, request: Request): Promise<Response> {
  const parsed = importQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success)
    throw new Refusal("invalid_input", "The import's options are not valid.", {
      fields: parsed.error.issues.map((i) => ({ path: i.path.join("."), message: i.message })),
    });
  if (request.body === null)
    throw new Refusal("invalid_input", "The import has no body. Send the file as the body of the request.");
  const { format = "auto", mode = "add", onError = "none", dryRun = false, name = "import" } = parsed.data;
  // A request's body is an async iterable of bytes in Node; the DOM's types do not say so.
  const done = await importMemories(
    ctx,
    { format, mode, onError, dryRun, name },
    request.body as unknown as AsyncIterable<Uint8Array>,
  );
  return new Response(JSON.stringify(imported.parse(done)), {
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

const BEAT_MS = 15_000;
const POLL_MS = 2_000;
const RETRY_MS = 2_000;

/** Live events of this process at once, and of other processes by the moved head within two seconds. */
function events(ctx: Context, request: Request): Response {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      let seen = (await headOf(ctx)).seq;
      send(`retry: ${RETRY_MS}\n\nevent: ready\ndata: ${JSON.stringify({ seq: seen })}\n\n`);
      const unsubscribe = subscribe(ctx.workspaceId, ({ type, data }) => {
        if (type === "change" && typeof data.seq === "number") seen = Math.max(seen, data.seq);
        send(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
      });
      const beat = setInterval(() => send(": still here\n\n"), BEAT_MS);
      const poll = setInterval(
        () =>
          void headOf(ctx).then(
            ({ seq }) => {
              if (seq > seen) send(`event: change\ndata: ${JSON.stringify({ seq: (seen = seq) })}\n\n`);
            },
            () => undefined,
          ),
        POLL_MS,
      );
      stop = () => {
        stop = () => undefined;
        unsubscribe();
        clearInterval(beat);
        clearInterval(poll);
        try {
          controller.close();
        } catch {
          // The client closed it first.
        }
      };
      request.signal.addEventListener("abort", () => stop());
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      connection: "keep-alive",
      "x-accel-buffering": "no",
    },
  });
}
