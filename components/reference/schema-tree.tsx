"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cn } from "../ui/cn";
import { fieldsOf, limitTexts, resolve, typeText, type Definitions, type SchemaField } from "./json-schema";

export interface SchemaTreeProps {
  readonly label: string;
  readonly fields: readonly SchemaField[];
  readonly definitions: Definitions;
  /** Of an answer nobody asks how long a text may be, and most of it is always there. */
  readonly isAnswer?: boolean;
}

/** Fields, each with its type and meaning; what lies inside one is drawn when it is opened. */
export function SchemaTree({ label, fields, definitions, isAnswer = false }: SchemaTreeProps) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line">
      {fields.map((field) => (
        <FieldRow key={field.name} field={field} definitions={definitions} isAnswer={isAnswer} />
      ))}
    </ul>
  );
}

interface FieldRowProps {
  readonly field: SchemaField;
  readonly definitions: Definitions;
  readonly isAnswer: boolean;
}

function FieldRow({ field: { name, schema, required }, definitions, isAnswer }: FieldRowProps) {
  const [isOpen, setOpen] = useState(false);
  const inside = fieldsOf(schema, definitions);
  const known = resolve(schema, definitions);
  const limits = isAnswer ? [] : limitTexts(known);
  return (
    <li className="py-1.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
        {inside.length > 0 ? (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="-ml-1 inline-flex min-h-6 items-center gap-0.5 rounded-sm pr-1 font-mono text-xs font-medium hover:bg-hover pointer-coarse:min-h-8"
          >
            <ChevronRight
              aria-hidden
              className={cn("size-3.5 transition-transform", isOpen && "rotate-90")}
            />
            {name}
          </button>
        ) : (
          <code className="inline-flex min-h-6 items-center font-mono text-xs font-medium">{name}</code>
        )}
        <span className="min-w-0 text-xs wrap-anywhere text-muted">{typeText(schema, definitions)}</span>
        {required && !isAnswer ? <span className="text-2xs font-medium text-accent">required</span> : null}
        {isAnswer && !required ? <span className="text-2xs text-muted">not always there</span> : null}
        {limits.length > 0 ? <span className="text-xs text-muted">{limits.join(", ")}</span> : null}
      </div>
      {known.description ? (
        <p className="max-w-prose text-xs text-pretty text-muted">{known.description}</p>
      ) : null}
      {isOpen ? (
        <div className="mt-1 ml-1 border-l border-line pl-4">
          <SchemaTree
            label={`Fields of ${name}`}
            fields={inside}
            definitions={definitions}
            isAnswer={isAnswer}
          />
        </div>
      ) : null}
    </li>
  );
}
