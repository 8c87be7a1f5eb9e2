import { formatDecimal, formatSigned } from "@/lib/format/number";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "../ui/table";
import type { SetResult } from "./compare-measure";

const rows = [
  { name: "ndcg", label: "nDCG@10" },
  { name: "recall", label: "Recall@10" },
  { name: "mrr", label: "MRR" },
] as const;

/** The measures of both sides, with the 95 % interval of what lies between them. */
export function TestSetTable({ result }: { readonly result: SetResult }) {
  return (
    <div className="max-w-xl">
      <Table aria-label="Measures of the set">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Measure</TableHeaderCell>
            <TableHeaderCell numeric>A</TableHeaderCell>
            <TableHeaderCell numeric>B</TableHeaderCell>
            <TableHeaderCell numeric>B − A</TableHeaderCell>
            <TableHeaderCell numeric className="max-sm:hidden">
              95% interval
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ name, label }) => {
            const { left, right, mean, low, high } = result.of[name];
            return (
              <TableRow key={name}>
                <TableCell>{label}</TableCell>
                <TableCell numeric>{formatDecimal(left, 3)}</TableCell>
                <TableCell numeric>{formatDecimal(right, 3)}</TableCell>
                <TableCell numeric className="font-medium">
                  {formatSigned(mean, 3)}
                </TableCell>
                <TableCell numeric className="text-muted max-sm:hidden">
                  {result.count === 1 ? "–" : `${formatSigned(low, 3)} to ${formatSigned(high, 3)}`}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
