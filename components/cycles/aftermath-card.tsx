import { Card } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { formatDecimal, formatPoints, plural } from "@/lib/format/number";
import { formatRange, type Cycle } from "./cycle-words";

const DAYS = [1, 7] as const;

/** What was predicted, and what it came to a day and a week later. */
export function AftermathCard({ cycle: { watch, metrics, state } }: { readonly cycle: Cycle }) {
  const { ndcgDelta, interval } = metrics.predicted;
  const isWatched = state === "applied" || state === "partly" || state === "waiting" || watch.length > 0;
  return (
    <Card
      title="Predicted and measured"
      description="nDCG of judged recalls. Harm that cannot be chance takes the cycle back by itself."
      flush
    >
      <div className="px-(--card-pad) pb-3">
        <Table aria-label="Predicted and measured effect">
          <TableHead>
            <TableRow>
              <TableHeaderCell>When</TableHeaderCell>
              <TableHeaderCell numeric>nDCG</TableHeaderCell>
              <TableHeaderCell numeric>Interval</TableHeaderCell>
              <TableHeaderCell numeric>Judged</TableHeaderCell>
              <TableHeaderCell numeric>Harm</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            <Row name="Predicted" delta={ndcgDelta} interval={interval} judged={null} harm={null} />
            {DAYS.map((day) => {
              const entry = watch.find((seen) => seen.day === day);
              return (
                <Row
                  key={day}
                  name={`After ${plural(day, "day")}`}
                  delta={entry?.measured ?? null}
                  interval={entry?.interval ?? null}
                  judged={entry?.judged ?? null}
                  harm={entry?.harm ?? null}
                />
              );
            })}
          </TableBody>
        </Table>
        <p className="mt-1.5 text-xs text-muted">
          {watch.length > 0
            ? "Harm is evidence: 1 says nothing, 10 takes the cycle back."
            : isWatched
              ? "Not measured yet."
              : "Nothing of it is in force, so nothing is measured."}
        </p>
      </div>
    </Card>
  );
}

interface RowProps {
  readonly name: string;
  readonly delta: number | null;
  readonly interval: readonly [number, number] | null;
  readonly judged: number | null;
  readonly harm: number | null;
}

function Row({ name, delta, interval, judged, harm }: RowProps) {
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap">{name}</TableCell>
      <TableCell numeric>{formatPoints(delta)}</TableCell>
      <TableCell numeric className="whitespace-nowrap">
        {interval === null ? "–" : formatRange(interval)}
      </TableCell>
      <TableCell numeric>{judged ?? "–"}</TableCell>
      <TableCell numeric>{formatDecimal(harm)}</TableCell>
    </TableRow>
  );
}
