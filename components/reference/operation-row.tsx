"use client";

import { ChevronRight, TriangleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { useOrigin } from "../connect/use-origin";
import { Badge } from "../ui/badge";
import { cn } from "../ui/cn";
import { CodeBlock } from "../ui/code-block";
import { CopyButton } from "../ui/copy-button";
import { exampleCurl } from "./example-curl";
import { fieldsOf, typeText, type Definitions, type JsonSchema, type SchemaField } from "./json-schema";
import type { ReferenceOperation } from "./read-reference";
import { SchemaTree } from "./schema-tree";

export interface OperationRowProps {
  readonly operation: ReferenceOperation;
  readonly definitions: Definitions;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One line for each operation; the rest of it is drawn when it is opened. */
export function OperationRow({ operation, definitions, isOpen, onToggle }: OperationRowProps) {
  const panel = useId();
  return (
    <li id={operation.id} className="scroll-mt-24">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={onToggle}
          className={cn(
            "focus-inset flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-(--card-pad) py-2 text-left text-sm hover:bg-hover",
            isOpen && "bg-hover",
          )}
        >
          <ChevronRight
            aria-hidden
            className={cn("size-4 shrink-0 text-muted transition-transform", isOpen && "rotate-90")}
          />
          <span className="w-14 shrink-0 font-mono text-xs text-muted">{operation.method}</span>
          <code className="min-w-0 font-mono text-xs font-medium wrap-anywhere sm:w-72 sm:shrink-0">
            {operation.path.slice("/api/v1".length)}
          </code>
          <span className="min-w-0 flex-1 basis-56 text-muted">{operation.summary}</span>
          {operation.destructive ? <DestructiveMark /> : null}
          <Badge tone="outline">{operation.scope ?? "anyone"}</Badge>
        </button>
      </h3>
      <div id={panel} hidden={!isOpen}>
        {isOpen ? <OperationDetail operation={operation} definitions={definitions} /> : null}
      </div>
    </li>
  );
}

function DestructiveMark() {
  return (
    <Badge tone="loss">
      <TriangleAlert aria-hidden />
      Ask first
    </Badge>
  );
}

interface OperationDetailProps {
  readonly operation: ReferenceOperation;
  readonly definitions: Definitions;
}

function OperationDetail({ operation, definitions }: OperationDetailProps) {
  const origin = useOrigin();
  const { inPath, inQuery, body, answer } = operation;
  return (
    <div className="grid gap-x-8 gap-y-5 border-t border-line px-(--card-pad) py-4 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-5">
        <Elsewhere operation={operation} />
        <CodeBlock label="curl" code={exampleCurl(operation, { origin, definitions })} />
        {inPath.length > 0 ? <Fields title="In the path" fields={inPath} definitions={definitions} /> : null}
        {inQuery.length > 0 ? (
          <Fields title="In the query" fields={inQuery} definitions={definitions} />
        ) : null}
        {body === null ? null : (
          <Shape title={`Body, ${body.type}`} schema={body.schema} definitions={definitions} />
        )}
      </div>
      <div className="min-w-0">
        <Shape
          title={`Answer ${answer.status}, ${answer.type}`}
          schema={answer.schema}
          definitions={definitions}
          isAnswer
        />
      </div>
    </div>
  );
}

/** The same operation on the other surfaces, and a link to this place. */
function Elsewhere({ operation }: { readonly operation: ReferenceOperation }) {
  const origin = useOrigin();
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1.5 text-sm">
      <Name term="Operation">
        <code className="font-mono text-xs">{operation.id}</code>
        <CopyButton size="sm" label="Copy a link to it" text={`${origin}/docs#${operation.id}`} />
      </Name>
      <Name term="Scope">
        {operation.scope === null ? (
          "none: anyone may call it"
        ) : (
          <Badge tone="outline">{operation.scope}</Badge>
        )}
      </Name>
      <Name term="Client">
        {operation.client === null ? (
          <span className="text-muted">no method</span>
        ) : (
          <code className="font-mono text-xs">palimpsest.{operation.client}()</code>
        )}
      </Name>
      <Name term="MCP tool">
        {operation.tools.length === 0 ? (
          <span className="text-muted">none</span>
        ) : (
          operation.tools.map((tool) => (
            <code key={tool} className="font-mono text-xs">
              {tool}
            </code>
          ))
        )}
      </Name>
    </dl>
  );
}

function Name({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="flex min-h-6 min-w-0 flex-wrap items-center gap-x-3 gap-y-1">{children}</dd>
    </>
  );
}

interface FieldsProps {
  readonly title: string;
  readonly fields: readonly SchemaField[];
  readonly definitions: Definitions;
  readonly isAnswer?: boolean;
}

function Fields({ title, fields, definitions, isAnswer = false }: FieldsProps) {
  return (
    <section className="flex flex-col gap-1">
      <h4 className="text-xs font-semibold">{title}</h4>
      <SchemaTree label={title} fields={fields} definitions={definitions} isAnswer={isAnswer} />
    </section>
  );
}

interface ShapeProps {
  readonly title: string;
  readonly schema: JsonSchema;
  readonly definitions: Definitions;
  readonly isAnswer?: boolean;
}

function Shape({ title, schema, definitions, isAnswer = false }: ShapeProps) {
  const fields = fieldsOf(schema, definitions);
  if (fields.length > 0)
    return <Fields title={title} fields={fields} definitions={definitions} isAnswer={isAnswer} />;
  return (
    <section className="flex flex-col gap-1">
      <h4 className="text-xs font-semibold">{title}</h4>
      <p className="text-sm text-muted">
        {schema.type === "string" ? "A stream." : typeText(schema, definitions)}
      </p>
    </section>
  );
}
