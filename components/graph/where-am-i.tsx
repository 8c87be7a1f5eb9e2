"use client";

import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format/number";
import type { DrawnGraph, GraphAnswer } from "./drawn-graph";

export interface WhereAmIProps {
  readonly answer: GraphAnswer;
  readonly drawn: DrawnGraph;
  readonly state: {
    readonly entity: string | null;
    readonly to: string | null;
    readonly cycle: string | null;
  };
  readonly onGo: (entity: string | null) => void;
}

/** One line that says what is drawn, and the way back to the map. */
export function WhereAmI({ answer, drawn, state, onGo }: WhereAmIProps) {
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span>{sentence(answer, drawn, state)}</span>
      {answer.reading > 0 ? (
        <span className="text-muted">{plural(answer.reading, "text")} still to be read for names.</span>
      ) : null}
      {state.entity === null && state.cycle === null ? null : (
        <Button size="sm" variant="link" onClick={() => onGo(null)}>
          Back to the map
        </Button>
      )}
    </p>
  );
}

function sentence(
  answer: GraphAnswer,
  drawn: DrawnGraph,
  { entity, to, cycle }: WhereAmIProps["state"],
): string {
  if (entity !== null && to !== null) {
    if (answer.path === null) return "No way leads from one to the other in six steps.";
    const names = answer.path.map((id) => drawn.nodes.find((node) => node.id === id)?.name ?? "…");
    return `The way: ${names.join(" – ")}`;
  }
  const shown = plural(drawn.nodes.length, "entity", "entities");
  if (entity !== null) {
    const more = answer.more > 0 ? `; ${plural(answer.more, "more neighbour")} left out, the weakest` : "";
    return `${shown} around ${drawn.nodes.find((node) => node.depth === 0)?.name ?? "it"}${more}.`;
  }
  if (cycle !== null) return `${shown} have to do with what the cycle changed: + added, − removed.`;
  return answer.total > drawn.nodes.length
    ? `The ${shown} that most memories name, of ${answer.total}. Find one to see what is around it.`
    : `All ${shown}. Find one, or open one, to see what is around it.`;
}
