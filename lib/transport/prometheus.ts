import { admit } from "./admit";
import { gauges, type Gauges } from "@/lib/queries/gauges";
import { meter, RECALL_BOUNDS_S } from "./meter";
import { newPlainId } from "@/lib/commands/context";
import { problemResponse } from "./problem";
import { Refusal } from "@/lib/domain/errors";

/** Prometheus' text format: this process's counters, and how far along the workspace of the key is. Read scope. */
export async function prometheusResponse(request: Request): Promise<Response> {
  try {
    const caller = await admit(request);
    if (!caller.scopes.includes("read") && !caller.scopes.includes("admin"))
      throw new Refusal("forbidden", 'This needs the scope "read".', { extra: { neededScope: "read" } });
    const text = [...processMetrics(), ...workspaceMetrics(await gauges(caller))].join("\n");
    return new Response(`${text}\n`, {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
    });
  } catch (error) {
    return problemResponse(error, newPlainId());
  }
}

interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
}

function processMetrics(): string[] {
  const { requests, recalls, recallSeconds } = meter();
  const name = "palimpsest_recall_seconds";
  const total = recalls.at(-1) ?? 0;
  return [
    ...head({
      name: "palimpsest_requests_total",
      type: "counter",
      help: "Requests by operation and status.",
    }),
    ...[...requests].map(([labels, count]) => `palimpsest_requests_total{${labels}} ${count}`),
    ...head({ name, type: "histogram", help: "How long recalls took." }),
    ...recalls.map((count, at) => `${name}_bucket{le="${RECALL_BOUNDS_S[at] ?? "+Inf"}"} ${count}`),
    `${name}_sum ${recallSeconds}`,
    `${name}_count ${total}`,
  ];
}

function workspaceMetrics(own: Gauges): string[] {
  const gauge = (name: string, help: string, value: number | null): string[] =>
    value === null ? [] : [...head({ name, type: "gauge", help }), `${name} ${value}`];
  return [
    ...gauge("palimpsest_ledger_head", "seq of the newest change.", own.head),
    ...gauge("palimpsest_index_lag", "Changes this process's search index has not taken in.", own.indexLag),
    ...gauge("palimpsest_embeddings_waiting", "Texts still to be embedded.", own.embeddingsWaiting),
    ...gauge(
      "palimpsest_webhook_messages_waiting",
      "Messages to webhooks that wait.",
      own.webhookMessagesWaiting,
    ),
    ...head({ name: "palimpsest_cycles", type: "gauge", help: "Improvement cycles by state." }),
    ...own.cycles.map(({ state, count }) => `palimpsest_cycles{state="${state}"} ${count}`),
  ];
}

const head = ({ name, type, help }: Metric): string[] => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
