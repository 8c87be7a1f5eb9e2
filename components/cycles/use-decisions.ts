"use client";

import { useState } from "react";
import type { Cycle } from "./cycle-words";
import {
  decided,
  parseComments,
  parseDecisions,
  restApproved,
  standingDecisions,
  storedComments,
  storedDecisions,
  type Comments,
  type Decision,
  type Decisions,
} from "./decisions";

/** What was decided about a cycle but not sent yet. It outlives a visit to another page, in this tab only. */
export function useDecisions({ id, proposals }: Pick<Cycle, "id" | "proposals">) {
  const name = `palimpsest.decisions.${id}`;
  const [held, setHeld] = useState<Decisions>(() => parseDecisions(read(name)));
  const [comments, setComments] = useState<Comments>(() => parseComments(read(`${name}.comments`)));
  const keep = (next: Decisions) => {
    setHeld(next);
    write(name, next.size === 0 ? null : storedDecisions(next));
  };
  const note = (next: Comments) => {
    setComments(next);
    write(`${name}.comments`, next.size === 0 ? null : storedComments(next));
  };
  return {
    decisions: standingDecisions(held, proposals),
    decide: (proposalId: string, decision: Decision) => keep(decided(held, proposalId, decision)),
    approveRest: (ids: readonly string[]) => keep(restApproved(held, ids)),
    comments,
    comment: (proposalId: string, text: string) => {
      const others = [...comments].filter(([id]) => id !== proposalId);
      note(new Map(text === "" ? others : [...others, [proposalId, text]]));
    },
    clear: () => {
      keep(new Map());
      note(new Map());
    },
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
function write(name: string, text: string | null): void {
  try {
    if (text === null) window.sessionStorage.removeItem(name);
    else window.sessionStorage.setItem(name, text);
  } catch {
    return;
  }
}
