"use client";

import { ChartLine, Table2 } from "lucide-react";
import Link from "next/link";
import { useId, useState, type ReactNode } from "react";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { formatAbsolute } from "@/lib/format/time";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "../ui/table";
import type { Annotation } from "./annotations";
import { EventMark } from "./event-mark";
import { HatchPattern } from "./hatch-pattern";

export interface ChartTable {
  /** The first column names the row; the others hold numbers, formatted. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ChartFrameProps {
  /** Accessible name; printed only when `titleShown`. */
  readonly title: string;
  readonly titleShown?: boolean;
  /** One sentence that says what the picture says. */
  readonly summary: string;
  readonly table: ChartTable;
  /** What the markers on the chart say; they are listed under the table, where keys reach their links. */
  readonly annotations?: readonly Annotation[];
  readonly legend?: ReactNode;
  readonly heightPx?: number;
  readonly className?: string;
  readonly children: ReactNode;
}

const EMPTY_PX = 120;

/** What surrounds every chart: a sentence that sums it up, a legend, and the same numbers as a table. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, titleShown = false, summary, table, legend, heightPx = 220, className, children } = props;
  const isEmpty = table.rows.length === 0;
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const Icon = asTable ? ChartLine : Table2;
  return (
    <figure
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-summary`}
      className={cn("min-w-0", className)}
    >
      <figcaption className="mb-2 flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <span id={`${id}-title`} className={titleShown ? "block text-sm font-semibold" : "sr-only"}>
            {title}
          </span>
          <p id={`${id}-summary`} className="text-xs text-pretty text-muted">
            {summary}
          </p>
        </div>
        {isEmpty ? null : (
          <IconButton
            label={asTable ? "View as chart" : "View as table"}
            aria-pressed={asTable}
            size="sm"
            className="-mt-1 -mr-1.5"
            onClick={() => setAsTable(!asTable)}
          >
            <Icon aria-hidden />
          </IconButton>
        )}
      </figcaption>
      {isEmpty ? (
        <div
          aria-hidden
          style={{ height: Math.min(heightPx, EMPTY_PX) }}
          className="rounded-md border border-dashed border-line-strong bg-sunken/50"
        />
      ) : asTable ? (
        <div className="overflow-y-auto" style={{ maxHeight: heightPx + 24 }}>
          <NumbersTable title={title} table={table} />
          <AnnotationList annotations={props.annotations ?? []} />
        </div>
      ) : (
        <>
          <div role="img" aria-label={`${title}. ${summary}`} style={{ height: heightPx }} className="w-full">
            {children}
          </div>
          {legend ? <div className="mt-2">{legend}</div> : null}
        </>
      )}
    </figure>
  );
}

function NumbersTable({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  return (
    <Table aria-label={title}>
      <TableHead>
        <TableRow>
          {table.columns.map((column, index) => (
            <TableHeaderCell key={column} numeric={index > 0}>
              {column}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {table.rows.map((cells, row) => (
          <TableRow key={row}>
            {cells.map((cell, index) => (
              <TableCell key={index} numeric={index > 0} className="whitespace-nowrap">
                {cell}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function AnnotationList({ annotations }: { readonly annotations: readonly Annotation[] }) {
  if (annotations.length === 0) return null;
  return (
    <ul aria-label="Marked on the chart" className="mt-3 flex flex-col gap-1 text-xs">
      {annotations.map((annotation, index) => (
        <li key={index} className="flex items-center gap-2">
          <svg aria-hidden width="12" height="12" viewBox="-6 -6 12 12" className="shrink-0">
            <EventMark kind={annotation.kind} x={0} y={0} />
          </svg>
          <span className="num text-muted">{formatAbsolute(annotation.atMs)}</span>
          {annotation.href ? (
            <Link href={annotation.href} className="text-accent underline-offset-2 hover:underline">
              {annotation.label}
            </Link>
          ) : (
            annotation.label
          )}
        </li>
      ))}
    </ul>
  );
}

export interface LegendEntry {
  readonly label: string;
  readonly swatch: "fill" | "line" | "dashed" | "band" | "hatched";
  /** A colour of chart-theme. */
  readonly color: string;
}

export function ChartLegend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted">
      {entries.map((entry) => (
        <li key={entry.label} className="inline-flex items-center gap-1.5">
          <Swatch entry={entry} />
          {entry.label}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ entry: { swatch, color } }: { readonly entry: LegendEntry }) {
  const patternId = useId();
  const isLine = swatch === "line" || swatch === "dashed";
  return (
    <svg aria-hidden width="12" height="10" className="forced-mark shrink-0">
      {swatch === "hatched" ? (
        <defs>
          <HatchPattern id={patternId} color={color} />
        </defs>
      ) : null}
      {isLine ? (
        <line
          x1="0"
          x2="12"
          y1="5"
          y2="5"
          stroke={color}
          strokeWidth="2"
          strokeDasharray={swatch === "dashed" ? "3 2" : undefined}
        />
      ) : (
        <rect
          x="1"
          y="1"
          width="10"
          height="8"
          rx="1.5"
          fill={swatch === "hatched" ? `url(#${patternId})` : color}
          fillOpacity={swatch === "band" ? 0.25 : 1}
        />
      )}
    </svg>
  );
}
