import * as shapes from "@/lib/contracts/mem0";
import { cursorQuery, envelope, ours, pageOf, read, type Mem0Answer, type Mem0Call } from "./call";
import { endOfDay, isoOf, scopeOf } from "./filters";
import { filtersOf, isOldList, whereOf } from "./narrowing";
import { picked, toMem0, type JsonObject } from "./memory";
import type { Mem0List } from "@/lib/contracts/mem0";

export async function search(call: Mem0Call): Promise<Mem0Answer> {
  const input = read(shapes.search, call.body);
  const limit = Math.min(input.top_k ?? input.limit ?? TOP, MOST_RESULTS);
  const filters = filtersOf(input);
  const where = whereOf(filters, input);
  const { reference_date: at } = input;
  const answer = await ours(call, "recall", {
    body: {
      query: input.query,
      limit,
      scope: scopeOf(filters),
      filter: { where: JSON.stringify(where), ended: input.show_expired ?? false },
      ...(at ? { asOf: isoOf(at, "reference_date") } : {}),
    },
  });
  const results = answer.results
    .map(({ memory, score }) => ({ ...toMem0(memory), score: unitScore(score) }))
    .filter(({ score }) => score >= (input.threshold ?? 0))
    .map((memory) => picked(memory, input.fields));
  return {
    body: isOldList(call, input.output_format) ? results : { results, retrieval_id: answer.retrievalId },
  };
}

const TOP = 10;
const MOST_RESULTS = 200;

/** Our scores have no upper end; s/(1 + s) keeps their order and lies in 0…1, one half at 1. */
const unitScore = (score: number): number => Math.max(0, score) / (1 + Math.max(0, score));

export async function list(call: Mem0Call): Promise<Mem0Answer> {
  const body = {
    ...(call.query.categories === undefined
      ? call.query
      : { ...call.query, categories: call.query.categories.split(",") }),
    ...Object(call.body),
  };
  const input = read(shapes.list, { ...body, ...pick(call.query, "page", "page_size") });
  const [page, size] = [input.page ?? 1, input.page_size ?? input.limit ?? PAGE];
  const { show_expired: withEnded, ...narrowing } = input;
  const where: JsonObject = {
    AND: [
      whereOf(filtersOf(input), narrowing),
      ...listed(input),
      ...(withEnded ? [] : [stillValid(call.ctx.now())]),
    ],
  };
  let total = 0;
  const items = await pageOf(page, async (cursor) => {
    const found = await ours(call, "memories.list", {
      query: { filter: JSON.stringify(where), limit: String(size), ...cursorQuery(cursor) },
    });
    total = found.total ?? 0;
    return found;
  });
  const results = items.map((memory) => picked(toMem0(memory), input.fields));
  const paged = call.path.startsWith("/v3/") || (input.page && input.page_size);
  return { body: paged ? envelope(call, { results, count: total, page, size }) : results };
}

const PAGE = 100;

const pick = (from: Readonly<Record<string, string>>, ...names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

const stillValid = (now: number): JsonObject => ({
  OR: [{ invalidAt: { eq: null } }, { invalidAt: { gt: new Date(now).toISOString() } }],
});

function listed({ start_date: from, end_date: to, keywords }: Mem0List): JsonObject[] {
  return [
    ...(from ? [{ validAt: { gte: from } }] : []),
    ...(to ? [{ validAt: { lt: endOfDay(to, "end_date") } }] : []),
    ...(keywords
      ? keywords
          .split(/\s+/u)
          .filter(Boolean)
          .map((word) => ({ content: { contains: word } }))
      : []),
  ];
}
