"use client";

import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format/number";
import type { GraphAnswer } from "./drawn-graph";

export interface CommunitiesProps {
  readonly communities: GraphAnswer["communities"];
  readonly onGo: (entity: string) => void;
}

/** Of very many entities, who stands together; each begins with the names that most memories hold. */
export function Communities({ communities, onGo }: CommunitiesProps) {
  if (communities.length === 0) return null;
  return (
    <section aria-label="Who stands together">
      <h2 className="mb-2 text-sm font-semibold">Who stands together</h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {communities.map(({ id, names, entities }) => (
          <li key={id} className="rounded-md border border-line px-3 py-2 text-sm">
            {names.map((name) => (
              <Button key={name} variant="link" size="sm" onClick={() => onGo(name)}>
                {name}
              </Button>
            ))}
            <span className="block text-xs text-muted">{plural(entities, "entity", "entities")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
