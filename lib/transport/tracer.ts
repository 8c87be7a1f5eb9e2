import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { env } from "@/lib/env";
import packageJson from "@/package.json";
import type { Traced } from "./traced";

/** The only file that loads the tracing library; `traced` asks for it where a collector is named, and nowhere else. */

const SEND_EVERY_MS = 2000;
// Next may load this module once per route.
const shared = globalThis as { palimpsestTraces?: BasicTracerProvider };

function provider(endpoint: string): BasicTracerProvider {
  shared.palimpsestTraces ??= new BasicTracerProvider({
    resource: resourceFromAttributes({
      "service.name": env.tracesService,
      "service.version": packageJson.version,
    }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }), {
        scheduledDelayMillis: SEND_EVERY_MS,
      }),
    ],
  });
  return shared.palimpsestTraces;
}

/** Sends what waits; for programs that end. */
export const flushTraces = async (): Promise<void> => shared.palimpsestTraces?.forceFlush();

/** One span for one request: names, numbers and ids, as in the log. */
export async function span<T>(endpoint: string, asked: Traced, work: () => Promise<T>): Promise<T> {
  const tracer = provider(endpoint).getTracer("palimpsest");
  const attributes = { "palimpsest.surface": asked.surface, "palimpsest.operation": asked.operation };
  const started = tracer.startSpan(
    asked.operation,
    { kind: SpanKind.SERVER, attributes },
    parentOf(asked.request),
  );
  try {
    const done = await context.with(trace.setSpan(ROOT_CONTEXT, started), work);
    const { status, workspaceId, actor } = asked.outcome(done);
    started.setAttributes({
      "http.response.status_code": status,
      ...(workspaceId === null ? {} : { "palimpsest.workspace": workspaceId }),
      ...(actor === null ? {} : { "enduser.id": actor }),
    });
    if (status >= FAULT) started.setStatus({ code: SpanStatusCode.ERROR });
    return done;
  } catch (error) {
    started.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    started.end();
  }
}

const FAULT = 500;
/** W3C Trace Context, version 00. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/u;

/** The caller's own span, where it sent one along: then the request is a part of the caller's trace. */
function parentOf(request: Request): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(request.headers.get("traceparent") ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
