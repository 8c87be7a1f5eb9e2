import type { Millis, WorkspaceId } from "@/lib/domain/ids";

/** Who asks, as far as an answer depends on it: the workspace that is read and the clock it is read by. Every context is one. */
export interface Asker {
  readonly workspaceId: WorkspaceId;
  readonly now: () => Millis;
}

/** What a contract lets in, once it is parsed; queries know the contracts by type alone. */
export type InputOf<Schema extends { readonly _output: unknown }> = Schema["_output"];
