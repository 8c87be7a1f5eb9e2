import { env } from "@/lib/env";
import type { MeteredSurface } from "./meter";

/** A request as a trace tells it. */
export interface Traced<T = unknown> {
  readonly surface: MeteredSurface;
  readonly operation: string;
  readonly request: Request;
  readonly outcome: (done: T) => {
    readonly status: number;
    readonly workspaceId: string | null;
    readonly actor: string | null;
  };
}

/** Carries the work out in a span where a collector is named; else it costs a look at the environment. */
export async function traced<T>(asked: Traced<T>, work: () => Promise<T>): Promise<T> {
  const endpoint = env.tracesEndpoint;
  if (endpoint === null) return work();
  const { span } = await import("./tracer");
  // The outcome is asked of what this very work returned.
  return span(endpoint, asked as Traced, work);
}
