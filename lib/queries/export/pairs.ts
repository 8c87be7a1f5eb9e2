import { holdOut, type Split } from "./hold-out";
import { inWorkspace } from "@/lib/store/prisma";
import { judgedQuestions, type Judgement, type Question } from "./judged";
import { parametersIn } from "../parameters";
import type { Asker } from "../asker";

const FORMAT_VERSION = 1;
/** Of the questions, for testing what was learned from the others. */
const TEST_SHARE = 0.2;
/** So that one question that was judged often does not outweigh all others. */
const MOST_PAIRS_PER_QUESTION = 64;

type Line = Readonly<Record<string, unknown>>;

/**
 * What outcomes taught, for whoever trains a model: first a line with counts, then one line per judgement (`pair`: query,
 * text, label) and, where a question has both, per helpful and unhelpful memory a `triplet` (anchor, positive, negative) and
 * a `preference` (prompt, chosen, rejected). Every line says its split; paraphrases of one question are all in one.
 */
export async function* exportPairs(ctx: Asker): AsyncGenerator<string> {
  const questions = await judgedQuestions(ctx);
  const parameters = await inWorkspace(ctx.workspaceId, parametersIn);
  const reach = parameters["learning.cue.reach"];
  const splits = await holdOut(questions, { reach, share: TEST_SHARE });
  const splitOf = ({ key }: Question): Split => splits.get(key) ?? "train";
  yield line({
    type: "palimpsest-pairs",
    version: FORMAT_VERSION,
    exportedAt: new Date(ctx.now()).toISOString(),
    holdOut: { share: TEST_SHARE, reach },
    counts: countsOf(questions, splitOf),
  });
  for (const question of questions) for (const one of linesOf(question, splitOf(question))) yield line(one);
}

const line = (value: Line): string => `${JSON.stringify(value)}\n`;

function linesOf(question: Question, split: Split): readonly Line[] {
  const about = { split, questionKey: question.key };
  const pairs = question.judged.map(({ memoryId, text, net }) => ({
    type: "pair",
    ...about,
    query: question.text,
    text,
    label: net > 0 ? 1 : 0,
    net,
    memoryId,
  }));
  return [
    ...pairs,
    ...contrasts(question).flatMap(([good, bad]) => contrastLines(question, [good, bad], about)),
  ];
}

function contrastLines(
  question: Question,
  [good, bad]: readonly [Judgement, Judgement],
  about: Line,
): readonly Line[] {
  const ids = { margin: good.net - bad.net, helpfulId: good.memoryId, unhelpfulId: bad.memoryId };
  return [
    { type: "triplet", ...about, anchor: question.text, positive: good.text, negative: bad.text, ...ids },
    { type: "preference", ...about, prompt: question.text, chosen: good.text, rejected: bad.text, ...ids },
  ];
}

/** Each helpful with each unhelpful memory, the clearest first; texts that are equal teach nothing. */
function contrasts({ judged }: Question): readonly (readonly [Judgement, Judgement])[] {
  const [good, bad] = [judged.filter((j) => j.net > 0), judged.filter((j) => j.net < 0)];
  const all = good.flatMap((g) => bad.flatMap((b) => (g.text === b.text ? [] : [[g, b] as const])));
  return [...all].sort(([a, b], [c, d]) => c.net - d.net - (a.net - b.net)).slice(0, MOST_PAIRS_PER_QUESTION);
}

function countsOf(questions: readonly Question[], splitOf: (question: Question) => Split) {
  const side = (split: Split) => {
    const own = questions.filter((question) => splitOf(question) === split);
    const judged = own.flatMap((question) => question.judged);
    const contrasted = own.reduce((sum, question) => sum + contrasts(question).length, 0);
    return {
      questions: own.length,
      helpful: judged.filter((j) => j.net > 0).length,
      unhelpful: judged.filter((j) => j.net < 0).length,
      triplets: contrasted,
      preferences: contrasted,
    };
  };
  return { train: side("train"), test: side("test") };
}
