import type { SavedTest } from "./test-conditions";
import type { Verdict } from "./use-judgements";

export const gradeWords = [
  { grade: 0, label: "Not relevant" },
  { grade: 1, label: "Related" },
  { grade: 2, label: "Relevant" },
  { grade: 3, label: "The answer" },
] as const;

/** By the memory that is shown; a memory without an entry was not graded. */
export type Grades = ReadonlyMap<string, number>;
/** What was changed since; null takes a grade away. */
export type GradeChanges = ReadonlyMap<string, number | null>;

/** Of memories that became one the best grade counts. */
export function savedGrades(test: SavedTest): Grades {
  const grades = new Map<string, number>();
  for (const { countsFor, grade } of test.grades)
    grades.set(countsFor, Math.max(grade, grades.get(countsFor) ?? 0));
  return grades;
}

/** Whether something that helped is the very answer, a verdict does not say. */
const ofVerdict: Readonly<Record<Verdict, number>> = { helpful: 2, irrelevant: 0, outdated: 0 };

interface Said {
  readonly about: { readonly memoryId: string; readonly verdict: Verdict } | null;
  readonly isUndone: boolean;
}

/** What the verdicts that still count say of each memory; the newest stands first and wins. */
export function gradesOfVerdicts(judgements: readonly Said[]): Grades {
  const grades = new Map<string, number>();
  for (const { about, isUndone } of judgements)
    if (about !== null && !isUndone && !grades.has(about.memoryId))
      grades.set(about.memoryId, ofVerdict[about.verdict]);
  return grades;
}

export function changedGrades(base: Grades, changes: GradeChanges): Grades {
  const all = new Map([...base, ...changes]);
  return new Map([...all].flatMap(([id, grade]) => (grade === null ? [] : [[id, grade] as const])));
}

/** What was not touched is saved under the memory that was graded, so that it finds its way back when a merge is undone. */
export function gradesToSave(saved: SavedTest | null, base: Grades, changes: GradeChanges) {
  const untouched =
    saved === null
      ? [...base].map(([memoryId, grade]) => ({ memoryId, grade, countsFor: memoryId }))
      : saved.grades;
  const changed = changedGrades(new Map(), changes);
  return [
    ...untouched
      .filter(({ countsFor }) => !changes.has(countsFor))
      .map(({ memoryId, grade }) => ({ memoryId, grade })),
    ...[...changed].map(([memoryId, grade]) => ({ memoryId, grade })),
  ];
}
