import { createHash } from "node:crypto";
import { exportStream } from "./export-stream";
import { headOf } from "@/lib/queries/head";
import { imported, importQuery } from "@/lib/contracts/transfer";
import { importMemories } from "@/lib/commands/import/import-memories";
import { keepEpochs } from "@/lib/commands/refresh-epoch";
import { once } from "./once";
import { Refusal } from "@/lib/domain/errors";
import { sha256 } from "@/lib/store/digest";
import { subscribe } from "@/lib/store/feed";
import type { Context } from "@/lib/commands/context";

interface Streamed {
  readonly id: "events" | "import.create" | "export.get";
  readonly ctx: Context;
  readonly key: string | null;
}

/** The operations whose body or answer is a stream. */
export async function performStream({ id, ctx, key }: Streamed, request: Request): Promise<Response> {
  keepEpochs();
  if (id === "events") return events(ctx, request);
  return id === "import.create" ? importStream(ctx, key, request) : exportStream(ctx, request);
}

async function importStream(ctx: Context, key: string | null, request: Request): Promise<Response> {
  const options = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = importQuery.safeParse(options);
  if (!parsed.success)
    throw new Refusal("invalid_input", "The import's options are not valid.", {
      fields: parsed.error.issues.map((i) => ({ path: i.path.join("."), message: i.message })),
    });
  if (request.body === null)
    throw new Refusal("invalid_input", "The import has no body. Send the file as the body of the request.");
  const { format = "auto", mode = "add", onError = "none", dryRun = false, name = "import" } = parsed.data;
  // A request's body is an async iterable of bytes in Node; the DOM's types do not say so.
  const file = hashed(request.body as unknown as AsyncIterable<Uint8Array>, key !== null);
  const run = async (by: Context) => ({
    status: 200,
    body: imported.parse(await importMemories(by, { format, mode, onError, dryRun, name }, file.bytes)),
  });
  const bodyHash = () => sha256(JSON.stringify(["import.create", options, file.digest()]));
  const done =
    key === null
      ? await run(ctx)
      : await once(ctx, { id: "import.create", key, bodyHash, drain: file.drain }, run);
  return new Response(JSON.stringify(done.body), {
    status: done.status,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      ...("replayed" in done && done.replayed ? { "idempotency-replayed": "true" } : {}),
    },
  });
}

/** A stream whose bytes are hashed as they go by. What a reader leaves of it, for it had seen enough, is read `toTheEnd` for the hash. */
function hashed(source: AsyncIterable<Uint8Array>, toTheEnd: boolean) {
  const hash = createHash("sha256");
  const iterator = source[Symbol.asyncIterator]();
  let digest: string | undefined;
  let ended = false;
  const next = async (): Promise<Uint8Array | null> => {
    const { value, done } = await iterator.next();
    ended = done === true;
    if (done === true) return null;
    hash.update(value);
    return value;
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (let part = await next(); part !== null; part = await next()) yield part;
    } finally {
      while (toTheEnd && !ended) await next();
    }
  }
  const drain = async () => {
    for await (const part of bytes()) void part;
  };
  return { bytes: bytes(), drain, digest: () => (digest ??= hash.digest("hex")) };
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
