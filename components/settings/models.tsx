"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock, Zap } from "lucide-react";
import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { formatCount, plural } from "@/lib/format/number";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { FailureNotice } from "../ui/failure-notice";
import { PanelSkeleton } from "./panel-skeleton";

type Listed = CallOutput<"models.list">;
type Model = Listed["items"][number];

const words = {
  embedding: {
    title: "Embedding",
    what: "Turns texts and questions into numbers, so that meaning can be compared.",
  },
  extraction: { title: "Extraction", what: "Reads names and relations out of texts, for the graph." },
} as const;

const WATCH_MS = 2000;

/** What is in force, what decides it, and whether it answers. */
export function Models() {
  const models = useQuery({
    ...queries.models(),
    refetchInterval: ({ state }) => ((state.data?.embedding.waiting ?? 0) > 0 ? WATCH_MS : false),
  });
  return (
    <Card
      title="Models"
      description="The server's environment decides them, so they are changed where it is started and shown here as they are in force."
      flush
    >
      <DataPanel query={models} failureTitle="The models could not be read" skeleton={<PanelSkeleton />}>
        {({ items, embedding }) => (
          <ul aria-label="Models" className="divide-y divide-line border-t border-line">
            {items.map((model) => (
              <ModelRow
                key={model.role}
                model={model}
                embedding={model.role === "embedding" ? embedding : null}
              />
            ))}
          </ul>
        )}
      </DataPanel>
    </Card>
  );
}

interface ModelRowProps {
  readonly model: Model;
  readonly embedding: Listed["embedding"] | null;
}

function ModelRow({ model, embedding }: ModelRowProps) {
  const test = useVerb(verbs.testModel);
  const { title, what } = words[model.role];
  return (
    <li className="flex flex-col gap-3 px-(--card-pad) py-4 text-sm">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="flex flex-wrap items-center gap-2 font-semibold">
            {title}
            <Badge tone={model.place === "endpoint" ? "accent" : "neutral"}>
              {model.place === "endpoint" ? "Endpoint" : "In this server"}
            </Badge>
          </h3>
          <p className="text-muted">{what}</p>
        </div>
        <Button
          size="sm"
          busy={test.isPending}
          disabled={model.problem !== null}
          onClick={() => test.mutate({ params: { role: model.role }, body: {} })}
        >
          {test.isPending ? null : <Zap aria-hidden />}
          Test<span className="sr-only"> {title}</span>
        </Button>
      </div>
      {model.problem === null ? <InForce model={model} /> : <Trouble text={model.problem} />}
      <TestOutcome test={test} />
      {embedding === null ? null : <Progress embedding={embedding} />}
      <Variables model={model} />
    </li>
  );
}

function InForce({ model: { name, url, dimensions, hasKey } }: { readonly model: Model }) {
  const facts = [
    ["Model", name],
    ["Address", url],
    ["Vector", dimensions === null ? null : `${formatCount(dimensions)} numbers`],
    ["Key", url === null ? null : hasKey ? "sent along, never shown" : "none"],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts.map(([term, value]) =>
        value === null ? null : (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd className="font-mono text-xs leading-5 wrap-anywhere">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

const Trouble = ({ text }: { readonly text: string }) => (
  <p role="alert" className="rounded-md bg-loss-soft px-3 py-2 wrap-anywhere">
    {text}
  </p>
);

interface TestOutcomeProps {
  readonly test: {
    readonly data: CallOutput<"models.test"> | undefined;
    readonly isError: boolean;
    readonly error: unknown;
  };
}

function TestOutcome({ test: { data, isError, error } }: TestOutcomeProps) {
  if (isError) return <FailureNotice title="The test could not be made" error={error} />;
  if (data === undefined) return null;
  if (!data.ok) return <Trouble text={`Failed after ${formatCount(data.tookMs)} ms: ${data.error ?? ""}`} />;
  return (
    <p role="status" className="rounded-md bg-gain-soft px-3 py-2">
      Answered in {formatCount(data.tookMs)} ms with {data.answer}.
    </p>
  );
}

function Progress({ embedding: { waiting, memories } }: { readonly embedding: Listed["embedding"] }) {
  if (waiting === null || waiting === 0)
    return (
      <p className="text-muted">
        {waiting === null
          ? "How many memories have vectors is known after the first recall."
          : `${plural(memories, "memory", "memories")} with vectors of this model, none without.`}
      </p>
    );
  const done = Math.max(0, memories - waiting);
  return (
    <div className="flex flex-col gap-1">
      <progress
        aria-label="Memories with vectors of this model"
        max={Math.max(1, memories)}
        value={done}
        className="h-1.5 w-full accent-(--accent-mark)"
      />
      <p className="num text-xs text-muted">
        {formatCount(done)} of {formatCount(memories)} embedded; recalls use words and what there is
        meanwhile.
      </p>
    </div>
  );
}

function Variables({ model: { variables } }: { readonly model: Model }) {
  return (
    <ul aria-label="Decided by" className="flex flex-col gap-1 text-xs text-muted">
      {variables.map(({ name, isSet, what }) => (
        <li key={name} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Lock aria-hidden className="size-3 shrink-0" />
          <code className="font-mono text-ink">{name}</code>
          <span>{what}</span>
          <Badge tone={isSet ? "accent" : "outline"}>{isSet ? "set" : "not set"}</Badge>
        </li>
      ))}
    </ul>
  );
}
