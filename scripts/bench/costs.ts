import type { Rest } from "./rest";
import type { Row } from "./report";

import type { Cost } from "@/lib/queries/cost";

/** Of a rented machine, stated so that the price of a million can be checked: dollars for one core and one hour. */
const CORE_HOUR_DOLLARS = 0.04;
const MS_PER_HOUR = 3_600_000;
const MILLION = 1_000_000;

const ACTS = [
  { operation: "recall", name: "recall" },
  { operation: "signals.create", name: "signal, which is one learning step" },
  { operation: "memories.create", name: "memory written" },
] as const;

/** What the server says of itself after the other measurements: the median of what was carried out alone. */
export async function costs(rest: Rest, at: string): Promise<Row[]> {
  // The shape of the answer is the contract's.
  const { cpu, storage } = (await rest.get("metrics.cost")) as Cost;
  const times = ACTS.flatMap(({ operation, name }) => {
    const milliseconds = cpu.find((measured) => measured.operation === operation)?.milliseconds;
    if (milliseconds === undefined) return [];
    const dollars = (milliseconds * MILLION * CORE_HOUR_DOLLARS) / MS_PER_HOUR;
    return [
      row(`processor time of the server's process for a ${name}, ${at}`, milliseconds, "ms"),
      row(`a million of them at ${CORE_HOUR_DOLLARS} $ a core and hour, ${at}`, dollars, "$"),
    ];
  });
  const bytes = [
    ["update", storage.bytesPerUpdate],
    ["recall", storage.bytesPerRecall],
  ] as const;
  return [
    ...times,
    ...bytes.flatMap(([name, size]) =>
      size === null ? [] : [row(`bytes on disk for one ${name}, ${at}`, size, "bytes")],
    ),
  ];
}

const row = (what: string, figure: number, unit: string): Row => ({ section: "ledger", what, figure, unit });
