"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { formatBytes } from "@/lib/format/bytes";
import { MISSING, formatCount, formatDecimal, plural } from "@/lib/format/number";
import { Button } from "../ui/button";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "../ui/table";
import { costRows, formatPrice, type Cost } from "./cost-shape";
import { PriceField } from "./price-field";
import { usePrices } from "./prices";

const MILLION = 1_000_000;

/** What an update and a recall take: processor time as measured, bytes as stored, and their price. */
export function CostsPanel() {
  const cost = useQuery(queries.cost());
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <Card
        title="Processor time"
        description="Median of one call since the server started. Calls that ran beside others are not counted, because the process has one clock."
      >
        <DataPanel
          query={cost}
          failureTitle="The costs could not be loaded"
          isEmpty={({ cpu }) => cpu.length === 0}
          empty={
            <EmptyState title="Nothing was measured yet">
              The first call that runs by itself after a start is the first that counts.
            </EmptyState>
          }
        >
          {({ cpu }) => (
            <>
              <div className="mb-3 max-w-52">
                <PriceField name="machineHour" label="Machine, per hour" hint="Kept in this browser." />
              </div>
              <TimeTable cpu={cpu} />
            </>
          )}
        </DataPanel>
      </Card>
      <Card
        title="Storage"
        description="As the database holds it, with indexes, averaged over all workspaces."
      >
        <DataPanel query={cost} failureTitle="The costs could not be loaded">
          {({ storage }) => <StorageTable storage={storage} />}
        </DataPanel>
      </Card>
    </div>
  );
}

function TimeTable({ cpu }: Pick<Cost, "cpu">) {
  const { machineHour } = usePrices();
  const [isOpen, setOpen] = useState(false);
  const rows = costRows(cpu, machineHour);
  const others = rows.filter((row) => !row.isKnown).length;
  return (
    <>
      <Table aria-label="Processor time per call">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Operation</TableHeaderCell>
            <TableHeaderCell numeric>Calls measured</TableHeaderCell>
            <TableHeaderCell numeric>CPU per call</TableHeaderCell>
            <TableHeaderCell numeric>Price per million</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows
            .filter((row) => row.isKnown || isOpen)
            .map((row) => (
              <TableRow key={row.operation}>
                <TableCell className={row.isKnown ? "" : "font-mono text-xs text-muted"}>
                  {row.name}
                </TableCell>
                <TableCell numeric>
                  {row.isFew ? <Badge tone="outline">few</Badge> : null} {formatCount(row.calls)}
                </TableCell>
                <TableCell numeric>{formatDecimal(row.milliseconds, 1)} ms</TableCell>
                <TableCell numeric>{formatPrice(row.perMillion)}</TableCell>
              </TableRow>
            ))}
        </TableBody>
      </Table>
      {others > 0 ? (
        <Button
          variant="link"
          size="sm"
          className="mt-2"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "Hide all other operations" : `Show ${plural(others, "other operation")}`}
        </Button>
      ) : null}
    </>
  );
}

function StorageTable({ storage }: Pick<Cost, "storage">) {
  const rows = [
    {
      name: "One update",
      bytes: storage.bytesPerUpdate,
      what: "a change with its digest, effect and indexes",
    },
    { name: "One logged recall", bytes: storage.bytesPerRecall, what: "with its candidates and their parts" },
    { name: "One memory", bytes: storage.bytesPerMemory, what: "with its history, vectors and indexes" },
  ];
  return (
    <Table aria-label="Storage per row">
      <TableHead>
        <TableRow>
          <TableHeaderCell>What</TableHeaderCell>
          <TableHeaderCell numeric>Bytes</TableHeaderCell>
          <TableHeaderCell numeric>Per million</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ name, bytes, what }) => (
          <TableRow key={name}>
            <TableCell>
              {name} <span className="text-xs text-muted">{what}</span>
            </TableCell>
            <TableCell numeric>{bytes === null ? MISSING : formatBytes(bytes)}</TableCell>
            <TableCell numeric>{bytes === null ? MISSING : formatBytes(bytes * MILLION)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
