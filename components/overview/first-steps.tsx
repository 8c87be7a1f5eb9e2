"use client";

import { Download, FileUp, Footprints, PlugZap, Plus } from "lucide-react";
import Link from "next/link";
import { useState, useSyncExternalStore } from "react";
import { startTour } from "../tour/tour-state";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { useDismissed } from "./use-dismissed";
import { useSampleImport } from "./use-sample-import";

/** What an empty memory offers: sample data with a tour or without, or memories of one's own by whichever way they come. */
export function FirstSteps() {
  return (
    <div className="grid items-start gap-(--page-gap) lg:grid-cols-2">
      <SampleCard />
      <OwnCard />
    </div>
  );
}

const loop = ["Ask a question", "Say what helped", "See it move", "Take it back"] as const;

function SampleCard() {
  const [withTour, setWithTour] = useState(false);
  const [, dismissOffer] = useDismissed("tour");
  const sample = useSampleImport(() => {
    if (!withTour) return;
    dismissOffer();
    startTour();
  });
  const load = (tour: boolean) => {
    setWithTour(tour);
    sample.load();
  };
  return (
    <Card
      title="Look around with sample data"
      description="Sixty notes of a small team: near duplicates, facts that went out of date, conversations. One change, which you can take back whenever you like."
    >
      <div className="flex flex-col gap-4">
        <ol className="grid grid-cols-2 gap-2 text-sm sm:grid-cols-4 lg:grid-cols-2 xl:grid-cols-4">
          {loop.map((step, index) => (
            <li key={step} className="rounded-md bg-sunken px-2.5 py-2">
              <span className="num block text-xs text-muted">{index + 1}</span>
              {step}
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            busy={sample.isPending && withTour}
            disabled={sample.isPending}
            onClick={() => load(true)}
          >
            {sample.isPending && withTour ? null : <Footprints aria-hidden />}
            Load it and take the tour
          </Button>
          <Button
            busy={sample.isPending && !withTour}
            disabled={sample.isPending}
            onClick={() => load(false)}
          >
            {sample.isPending && !withTour ? null : <Download aria-hidden />}
            Load the sample data
          </Button>
        </div>
      </div>
    </Card>
  );
}

function OwnCard() {
  const origin = useSyncExternalStore(
    noChanges,
    () => window.location.origin,
    () => "",
  );
  return (
    <Card title="Or begin with your own" description="Write it, import it, or send it from a program.">
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-2">
          <Button asChild>
            <Link href="/memories?add=true">
              <Plus aria-hidden />
              Write a memory
            </Link>
          </Button>
          <Button asChild>
            <Link href="/settings?tab=data">
              <FileUp aria-hidden />
              Import a file
            </Link>
          </Button>
          <Button asChild>
            <Link href="/connect">
              <PlugZap aria-hidden />
              Connect a client
            </Link>
          </Button>
        </div>
        <CodeBlock label="From a shell, with a key of Connect" code={firstMemoryCommand(origin)} />
      </div>
    </Card>
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
