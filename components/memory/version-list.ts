import type { CallOutput } from "@/lib/client/api";

type Change = CallOutput<"changes.list">["items"][number];

/** One text that the memory had, or would have if the change that wrote it were in force. */
export interface Version {
  readonly changeId: string;
  readonly at: string;
  readonly text: string;
  readonly by: string;
  readonly isInForce: boolean;
}

/** Newest first. A change that wrote no text, or that is another memory's, is no version of this one. */
export function versionsOf(memoryId: string, changes: readonly Change[]): readonly Version[] {
  return changes.flatMap(({ id, at, after, actor, status, targetId }) =>
    targetId !== memoryId || typeof after !== "string"
      ? []
      : [{ changeId: id, at, text: after, by: actor.name, isInForce: status === "live" }],
  );
}

/** What a version is compared with unless somebody chooses: the one before it. */
export function versionBefore(versions: readonly Version[], changeId: string): Version | null {
  const place = versions.findIndex((version) => version.changeId === changeId);
  return place < 0 ? null : (versions[place + 1] ?? null);
}
