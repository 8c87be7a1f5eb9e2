"use client";

import { useState } from "react";
import type { Cycle } from "./cycle-words";
import {
  decided,
  parseDecisions,
  restApproved,
  standingDecisions,
  storedDecisions,
  type Decision,
  type Decisions,
} from "./decisions";

/** What was decided about a cycle but not sent yet. It outlives a visit to another page, in this tab only. */
export function useDecisions({ id, proposals }: Pick<Cycle, "id" | "proposals">) {
  const name = `palimpsest.decisions.${id}`;
  const [held, setHeld] = useState<Decisions>(() => parseDecisions(read(name)));
  const keep = (next: Decisions) => {
    setHeld(next);
    write(name, next);
  };
  return {
    decisions: standingDecisions(held, proposals),
    decide: (proposalId: string, decision: Decision) => keep(decided(held, proposalId, decision)),
    approveRest: (ids: readonly string[]) => keep(restApproved(held, ids)),
    clear: () => keep(new Map()),
  };
}

function read(name: string): string | null {
  try {
    return typeof window === "undefined" ? null : window.sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** A browser without storage forgets on leaving, and that is all. */
function write(name: string, decisions: Decisions): void {
  try {
    if (decisions.size === 0) window.sessionStorage.removeItem(name);
    else window.sessionStorage.setItem(name, storedDecisions(decisions));
  } catch {
    return;
  }
}
