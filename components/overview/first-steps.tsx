"use client";

import { Download, Plus } from "lucide-react";
import Link from "next/link";
import { useSyncExternalStore } from "react";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Card } from "../ui/card";
import { useSampleImport } from "./use-sample-import";

/** What an empty memory offers: sample data to look around in, or a first memory of one's own. */
export function FirstSteps() {
  const sample = useSampleImport();
  const origin = useSyncExternalStore(
    noChanges,
    () => window.location.origin,
    () => "",
  );
  return (
    <div className="grid gap-(--page-gap) lg:grid-cols-2">
      <Card
        title="Look around with sample data"
        description="Sixty notes of a small team: near duplicates, facts that went out of date, four conversations. One change; take it back on the timeline whenever you like."
      >
        <Button variant="primary" busy={sample.isPending} onClick={() => sample.load()}>
          {sample.isPending ? null : <Download aria-hidden />}
          Load the sample data
        </Button>
      </Card>
      <Card
        title="Or begin with a memory of your own"
        description="Write it here, or send it from anywhere with a key."
      >
        <div className="flex flex-col items-start gap-3">
          <Button asChild>
            <Link href="/memories?add=true">
              <Plus aria-hidden />
              Write the first memory
            </Link>
          </Button>
          <CodeBlock label="curl" code={firstMemoryCommand(origin)} />
          <p className="text-xs text-muted">
            Make the key under{" "}
            <Link href="/settings?tab=keys" className="text-accent underline underline-offset-2">
              Settings, API keys
            </Link>
            .
          </p>
        </div>
      </Card>
    </div>
  );
}

function firstMemoryCommand(origin: string): string {
  return [
    `curl -X POST ${origin}/api/v1/memories \\`,
    `  -H "Authorization: Bearer $PALIMPSEST_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"content": "Noor drinks her coffee black."}'`,
  ].join("\n");
}

function noChanges() {
  return () => undefined;
}
