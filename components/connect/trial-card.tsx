"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState, type FormEvent } from "react";
import {
  callTool,
  emptyArguments,
  listTools,
  takesTrials,
  type OfferedTool,
  type ToolAnswer,
  type TrialPlace,
} from "@/lib/client/tool-trial";
import { formatDuration } from "@/lib/format/time";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Checkbox } from "../ui/checkbox";
import { CodeBlock } from "../ui/code-block";
import { DataPanel } from "../ui/data-panel";
import { describeFailure } from "../ui/failure";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import type { ConnectClient } from "./clients";

export interface TrialCardProps {
  readonly client: ConnectClient;
  readonly origin: string;
  readonly secret: string;
}

/** A tool called as the client would call it, with its key. What changes something has to be asked for. */
export function TrialCard({ client: { door }, origin, secret }: TrialCardProps) {
  if (!takesTrials(door)) return null;
  return (
    <Card
      title="Try a tool"
      description="Called with the key above, as the client would. Only what changes nothing, unless you say so."
    >
      {secret === "" ? (
        <p className="text-sm text-pretty text-muted">
          Make a key or paste one, and its tools are listed here.
        </p>
      ) : (
        <Trial place={{ origin, secret, door }} />
      )}
    </Card>
  );
}

function Trial({ place }: { readonly place: TrialPlace }) {
  const tools = useQuery({
    queryKey: ["tools", place],
    queryFn: () => listTools(place),
    retry: false,
    staleTime: Infinity,
  });
  return (
    <DataPanel query={tools} failureTitle="The tools could not be listed">
      {(offered) => <TrialForm place={place} tools={offered} />}
    </DataPanel>
  );
}

interface TrialFormProps {
  readonly place: TrialPlace;
  readonly tools: readonly OfferedTool[];
}

function TrialForm({ place, tools }: TrialFormProps) {
  const [mayChange, setMayChange] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const open = tools.filter(({ readOnly }) => readOnly || mayChange);
  const tool = open.find((one) => one.name === name) ?? open[0];
  if (tool === undefined) return <p className="text-sm text-muted">This key has no tool to try.</p>;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label="Tool">
          {(ids) => (
            <Select
              id={ids.id}
              options={open.map((one) => ({ value: one.name, label: one.name }))}
              value={tool.name}
              onValueChange={setName}
            />
          )}
        </Field>
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <Checkbox checked={mayChange} onCheckedChange={() => setMayChange(!mayChange)} />
          Also tools that change something
        </label>
      </div>
      <p className="text-sm text-pretty text-muted">
        {tool.readOnly ? null : (
          <Badge tone="contested" className="mr-2">
            Changes something
          </Badge>
        )}
        {tool.description}
      </p>
      <ArgumentsForm key={tool.name} place={place} tool={tool} />
    </div>
  );
}

interface ArgumentsFormProps {
  readonly place: TrialPlace;
  readonly tool: OfferedTool;
}

function ArgumentsForm({ place, tool }: ArgumentsFormProps) {
  const [text, setText] = useState(() => emptyArguments(tool.schema));
  const call = useMutation({ mutationFn: (input: unknown) => callTool(place, tool.name, input) });
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      const input: unknown = JSON.parse(text);
      setProblem(undefined);
      call.mutate(input);
    } catch (error) {
      setProblem(describeFailure(error).message);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field
        label="Arguments"
        hint="As JSON."
        error={problem ?? (call.isError ? describeFailure(call.error).message : undefined)}
      >
        {(ids) => (
          <Textarea
            {...ids}
            rows={5}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="self-start" busy={call.isPending}>
        {call.isPending ? null : <Play aria-hidden />}
        Call {tool.name}
      </Button>
      {call.data === undefined ? null : <Answer answer={call.data} />}
    </form>
  );
}

function Answer({ answer: { isError, text, tookMs } }: { readonly answer: ToolAnswer }) {
  return (
    <div role="status" className="flex min-w-0 flex-col gap-1.5">
      <p className="text-xs text-muted">
        {isError ? "Refused" : "Answered"} after {formatDuration(tookMs)}.
      </p>
      <CodeBlock label={isError ? "refusal" : "answer"} code={text} className="max-h-96 overflow-y-auto" />
    </div>
  );
}
