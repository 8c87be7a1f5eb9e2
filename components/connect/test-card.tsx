"use client";

import { Check, CircleX, PlugZap } from "lucide-react";
import type { Door, HandshakeStep } from "@/lib/client/handshake";
import { formatDuration } from "@/lib/format/time";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Spinner } from "../ui/spinner";
import type { ConnectClient } from "./clients";
import { useHandshake } from "./use-handshake";

export interface TestCardProps {
  readonly client: ConnectClient;
  readonly origin: string;
  readonly secret: string;
}

export function TestCard({ client, origin, secret }: TestCardProps) {
  return (
    <Card title="3. Test the connection" description="What the client does first, done here.">
      {client.door === null ? (
        <p className="text-sm text-pretty text-muted">
          This client does not come through the server, so there is nothing to try from here. Its list of
          tools shows whether it got through.
        </p>
      ) : secret === "" ? (
        <p className="text-sm text-pretty text-muted">Make a key or paste one, and it can be tried.</p>
      ) : (
        <Test door={client.door} origin={origin} secret={secret} />
      )}
    </Card>
  );
}

interface TestProps {
  readonly door: Door;
  readonly origin: string;
  readonly secret: string;
}

function Test({ door, origin, secret }: TestProps) {
  const { steps, isRunning, run } = useHandshake({ origin, secret, door });
  return (
    <div className="flex flex-col gap-3">
      <Button variant="primary" busy={isRunning} onClick={run} className="self-start">
        {isRunning ? null : <PlugZap aria-hidden />}
        {steps.length === 0 ? "Test it" : "Test again"}
      </Button>
      {steps.length > 0 || isRunning ? (
        <ol aria-label="Steps of the test" className="flex flex-col gap-3 border-t border-line pt-3">
          {steps.map((step) => (
            <Step key={step.name} step={step} />
          ))}
          {isRunning ? (
            <li className="flex items-center gap-2.5 text-sm text-muted">
              <Spinner className="size-4" />
              Waiting for an answer
            </li>
          ) : null}
        </ol>
      ) : null}
      <p role="status" className="text-sm font-medium empty:hidden">
        {isRunning || steps.length === 0 ? "" : verdict(steps)}
      </p>
    </div>
  );
}

function verdict(steps: readonly HandshakeStep[]): string {
  if (steps.some(({ outcome }) => outcome === "failed")) return "Not connected.";
  return `Connected in ${formatDuration(steps.reduce((sum, { tookMs }) => sum + tookMs, 0))}.`;
}

function Step({ step }: { readonly step: HandshakeStep }) {
  const isFailed = step.outcome === "failed";
  return (
    <li className="flex gap-2.5 text-sm">
      {isFailed ? (
        <CircleX role="img" aria-label="Failed" className="mt-0.5 size-4 shrink-0 text-loss" />
      ) : (
        <Check role="img" aria-label="Passed" className="mt-0.5 size-4 shrink-0 text-gain" />
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-baseline justify-between gap-x-2">
          <span className="font-medium">{step.name}</span>
          <span className="num text-xs text-muted">{formatDuration(step.tookMs)}</span>
        </p>
        <code className="font-mono text-2xs wrap-anywhere text-muted">{step.call}</code>
        <p className={isFailed ? "text-loss" : "text-muted"}>{step.detail}</p>
        {step.remedy ? (
          <p className="mt-1 rounded-md bg-loss-soft px-2.5 py-2 text-ink">{step.remedy}</p>
        ) : null}
      </div>
    </li>
  );
}
