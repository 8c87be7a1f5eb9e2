import { belief } from "@/lib/domain/memory/confidence";
import type { Change } from "./change";
import type { Json, MemoryView } from "@/lib/domain/memory/memory";
import type { Parameters } from "@/lib/domain/parameters";

/** What one change moved when it was made, in numbers and names; texts are never part of it, so a purge need not look here. */
export interface Effect {
  readonly before: Json;
  readonly after: Json;
}

/** The memory around the change; `before` is null when the change made it. */
export interface Moved {
  readonly before: MemoryView | null;
  readonly after: MemoryView;
}

/** null: nothing that could be said without repeating a text, or the change was born suspended. */
export function effectOf(change: Change, { before, after }: Moved, parameters: Parameters): Effect | null {
  const pick = (read: (view: MemoryView) => Json): Effect => ({
    before: before === null ? null : read(before),
    after: read(after),
  });
  switch (change.op) {
    case "observe":
      return pick((v) => belief(v.evidence, { kind: v.kind, now: null, parameters }).confidence);
    case "archive":
    case "restore":
    case "delete":
      return pick((v) => v.lifecycle);
    case "pin":
      return pick((v) => v.pinned);
    case "quarantine":
      return pick((v) => v.quarantined);
    case "supersede":
      return pick((v) => v.supersededBy);
    case "member":
      return pick((v) => v.mergedInto);
    case "set":
      return ofRegister(change.payload.register, pick);
    default:
      return null;
  }
}

function ofRegister(register: string, pick: (read: (view: MemoryView) => Json) => Effect): Effect | null {
  if (register === "kind") return pick((v) => v.kind);
  if (register === "validAt") return pick((v) => v.validAt);
  return register === "invalidAt" ? pick((v) => v.invalidAt) : null;
}
