/**
 * `npm run bench:learning -- --data <folder>`: what feedback teaches, what it costs where nothing was taught, and what is
 * left of it after poison, floods, drift and reverts. `--quick` takes fewer seeds. Writes docs/benchmarks/learning*.
 */
import { parseArgs } from "node:util";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { attacks, drift, exploring, FLIP_AT, frontier, users, type Arm } from "./bench/learning/arms";
import { otherSplits } from "./bench/learning/splits";
import { targetsOf } from "./bench/learning/targets";
import { learningSet } from "./bench/learning/sets";
import { svg, type Series, type Side } from "./bench/learning/svg";
import { withDatabase } from "./bench/store";

const { values } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    quick: { type: "boolean", default: false },
  },
});
const FOLDER = fileURLToPath(new URL("../docs/benchmarks/", import.meta.url));
const plan = { seeds: values.quick ? 2 : 5, cycles: 10 };
/** Where the labels of the frontier do not cover one another. */
const SIDES: ReadonlyMap<string, Side> = new Map([
  ["closeness 1.3", "left"],
  ["closeness 1.6", "above"],
  ["elsewhere 0", "left"],
  ["elsewhere 0.1", "below"],
]);
const SETS = ["banking77", "squad_paraphrase", "locomo"];

try {
  const sets = [];
  for (const name of SETS) sets.push(await learningSet(values.data, name));
  const [banking] = sets;
  if (!banking) throw new Error("There is no set to learn on.");
  console.error("Users …");
  const arms = users(sets, plan);
  console.error("Attacks and drift …");
  const attacked = attacks(banking, plan);
  const flipped = drift(banking, plan);
  const explored = exploring(banking, plan);
  const tried = frontier(banking, plan);
  const splits = otherSplits(banking, plan.cycles);
  console.error("The real store …");
  const { storeArm } = await import("./bench/learning/store-arm");
  const store = await withDatabase(() => storeArm(values.data));
  const targets = targetsOf({ arms, attacked, flipped, splits, store });
  await mkdir(FOLDER, { recursive: true });
  const json = {
    at: new Date().toISOString(),
    plan,
    flipAt: FLIP_AT,
    targets,
    arms,
    attacked,
    flipped,
    explored,
    frontier: tried.map(({ label, curve: { test, control } }) => ({ label, test, control })),
    splits,
    store,
  };
  await writeFile(
    path.join(FOLDER, "learning.json"),
    `${JSON.stringify(json, (_, value: unknown) => (typeof value === "number" ? Number(value.toFixed(5)) : value), 1)}\n`,
  );
  for (const set of sets)
    await chart(
      `learning-${set.name}`,
      `${set.name}: other wordings of taught needs, nDCG@10`,
      arms.filter((arm) => arm.set === set.name),
    );
  await chart("learning-attacks", "banking77 under attack and drift, nDCG@10", [...attacked, flipped]);
  await chart("learning-exploration", "banking77 with and without exploration, nDCG@10 on test wordings", [
    ...arms.filter((arm) => arm.set === "banking77" && ["explicit", "pbm0.3"].includes(arm.arm)),
    ...explored,
  ]);
  await writeFile(
    path.join(FOLDER, "learning-frontier.svg"),
    svg({
      title: "banking77, explicit: gain on taught needs against loss on others",
      x: "change on control questions, nDCG@10",
      y: "gain on test questions, nDCG@10",
      series: tried.map(({ label, curve }) => ({
        label,
        scatter: SIDES.get(label) ?? "right",
        points: [
          {
            x: (curve.control.at(-1) ?? 0) - (curve.control[0] ?? 0),
            y: (curve.test.at(-1) ?? 0) - (curve.test[0] ?? 0),
          },
        ],
      })),
    }),
  );
  console.log(
    targets
      .map((t) => `${t.reached ? "reached" : "MISSED "}  ${t.what}: ${t.figure}  (target ${t.target})`)
      .join("\n"),
  );
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
// The embedding thread would keep the process alive.
process.exit();

async function chart(name: string, title: string, arms: readonly Arm[]): Promise<void> {
  const series = arms.map((arm): Series => ({
    label: arm.arm,
    points: arm.test.map((point, x) => ({ x, y: point.mean, half: point.half })),
  }));
  const start = arms[0]?.test[0]?.mean ?? 0;
  await writeFile(
    path.join(FOLDER, `${name}.svg`),
    svg({ title, x: "cycle", y: "nDCG@10", series, marks: [{ y: start, label: "frozen arm" }] }),
  );
}
