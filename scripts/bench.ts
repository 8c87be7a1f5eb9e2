/**
 * `npm run bench -- --data <folder>`: how well it finds, how fast it answers and how fast it writes and takes back, each
 * beside a simple way to do the same in the same run. `--only quality,poison,latency,ledger`, `--sizes 1000,10000`.
 * `--only pages --sizes 100000` opens every page of the built server in a browser and acts on the list of memories.
 * `--keep <folder>` leaves the database there, and a next run of the pages finds it filled.
 * `--only cycle` runs an improvement cycle in a store of each size.
 * `--only entities` reads names, `--only graph` shows what they are worth, `--only consolidation` merges and
 * replaces. `--only ablation` takes each feature of the ranking out by itself.
 */
import { parseArgs } from "node:util";

import { ablation } from "./bench/ablation";
import { consolidation } from "./bench/consolidation";
import { cycle } from "./bench/cycle";
import { entities } from "./bench/entities";
import { graph } from "./bench/graph";
import { latency } from "./bench/latency";
import { ledger } from "./bench/ledger";
import { pages } from "./bench/pages";
import { poison } from "./bench/poison";
import { quality } from "./bench/quality";
import { save, tableOf, type Row } from "./bench/report";
import { withDatabase } from "./bench/store";

const { values } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    only: { type: "string", default: "quality,poison,latency,ledger" },
    sizes: { type: "string", default: "1000,10000" },
    port: { type: "string", default: "4960" },
    keep: { type: "string" },
  },
});

const sizes = values.sizes.split(",").map(Number);
const port = Number(values.port);
const SECTIONS: Readonly<Record<string, (url: string) => Promise<Row[]>>> = {
  quality: () => quality(values.data),
  ablation: () => ablation(values.data),
  consolidation: () => consolidation(values.data),
  entities: () => entities(values.data),
  graph: (url) => graph({ dataFolder: values.data, sizes, url }),
  latency: (url) => latency({ dataFolder: values.data, sizes, port, url }),
  pages: (url) => pages({ dataFolder: values.data, sizes, port, url }),
  poison: () => poison(values.data),
  cycle: (url) => cycle({ dataFolder: values.data, sizes, url }),
  ledger: (url) => ledger({ dataFolder: values.data, sizes, port, url }),
};

try {
  const wanted = values.only.split(",");
  const unknown = wanted.filter((name) => !(name in SECTIONS));
  if (unknown.length > 0) throw new Error(`There is no section ${unknown.join(", ")}.`);
  if (!sizes.every((size) => Number.isInteger(size) && size > 0))
    throw new Error("--sizes takes whole numbers, such as 1000,10000");
  const rows = await withDatabase(async (url) => {
    const all: Row[] = [];
    for (const name of wanted) {
      console.error(`Measuring ${name} …`);
      all.push(...((await SECTIONS[name]?.(url)) ?? []));
    }
    return all;
  }, values.keep);
  console.log(tableOf(rows));
  console.log(`\nWritten to ${await save(rows, { sections: wanted, sizes })}`);
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
// The embedding thread would keep the process alive.
process.exit();
