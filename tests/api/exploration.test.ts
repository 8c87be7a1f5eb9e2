/** Recalls that try out what is not known well: only when a workspace wants it, told by their log, and never by surprise. */
import { beforeAll, describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/domain/parameters";
import { drawn } from "@/lib/domain/learning/explore";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { tenant, type Tenant } from "../support/tenant";
import type { AnswerOf } from "../support/rest";

const QUERY = "Which plant stands on the sill?";
const PLANTS = "fern,ivy,basil,mint,cactus,aloe,orchid,violet,thyme,palm,lily,rose".split(",");
const BOLD = { "learning.explore.share": 1, "learning.explore.weight": 2 };

let t: Tenant;
let pinned = "";
beforeAll(async () => {
  t = await tenant();
  for (const plant of PLANTS) pinned = (await t.remember(`A ${plant} stands on the sill`)).id;
  await t.owner.patch(`/memories/${pinned}`, { pinned: true });
});

const orderOf = ({ results }: AnswerOf<"recall">) => results.map((r) => r.memory.id);
const utilities = ({ results }: AnswerOf<"recall">) =>
  new Map(results.map((r) => [r.memory.id, r.parts.utility]));
const bold = (more: object = {}) => t.recall(QUERY, { limit: 20, parameters: BOLD, ...more });
const seedOf = async (id: string | null) =>
  (await t.owner.get(`/retrievals/${id ?? ""}`)).as("retrievals.get").retrieval.seed;

describe("an exploring recall", () => {
  it("logs its seed and shows another list than a deterministic one, while its parts add up", async () => {
    const [usual, tried] = [await bold({ deterministic: true }), await bold()];
    expect([usual.explored, tried.explored]).toEqual([false, true]);
    expect([await seedOf(usual.retrievalId), await seedOf(tried.retrievalId)]).toEqual([
      null,
      tried.retrievalId,
    ]);
    expect(orderOf(tried)).not.toEqual(orderOf(usual));
    expect([...orderOf(tried)].sort()).toEqual([...orderOf(usual)].sort());
    for (const { score, parts } of tried.results)
      expect(PART_NAMES.reduce((sum, name) => sum + parts[name], 0)).toBeCloseTo(score, 12);
    expect(tried.results.map((r) => r.score)).toEqual(
      tried.results.map((r) => r.score).sort((a, b) => b - a),
    );
  });

  it("moves each memory by a draw that follows from that memory and the recall alone", async () => {
    const [usual, tried] = [utilities(await bold({ deterministic: true })), await bold()];
    const recall = tried.retrievalId ?? "";
    for (const [memory, utility] of utilities(tried)) {
      const draw = drawn({ alpha: 2, beta: 2 }, { recall, memory }, { ...DEFAULTS, ...BOLD });
      expect(utility - (usual.get(memory) ?? 0)).toBeCloseTo(memory === pinned ? 0 : draw, 12);
    }
  });

  it("is another one each time", async () => {
    expect(utilities(await bold())).not.toEqual(utilities(await bold()));
  });
});

describe("a recall does not explore", () => {
  it("when it is asked to be deterministic, or is not logged", async () => {
    const [first, again, look] = [
      await bold({ deterministic: true }),
      await bold({ deterministic: true }),
      await bold({ dryRun: true }),
    ];
    expect(orderOf(again)).toEqual(orderOf(first));
    expect(utilities(look)).toEqual(utilities(first));
    expect(look.explored).toBe(false);
  });

  it("unless the workspace wants it", async () => {
    const usual = await t.recall(QUERY);
    expect(usual.explored).toBe(false);
    expect(await seedOf(usual.retrievalId)).toBeNull();
  });
});
