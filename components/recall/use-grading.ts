"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useReadOnly } from "@/components/shell/use-read-only";
import type { RecallInput } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { conditionsOf, sameConditions } from "./test-conditions";
import { changedGrades, gradesOfVerdicts, gradesToSave, savedGrades, type GradeChanges } from "./test-grades";
import type { Judgements } from "./use-judgements";
import { useSavedTests } from "./use-saved-tests";

interface Draft {
  readonly of: string;
  readonly changes: GradeChanges;
  /** Null while it is as it was saved. */
  readonly note: string | null;
}

/** Whether results are graded now: a part of the address, so that a test can be opened to be graded. */
export const useGradingMode = () => useQueryState("grade", parseAsBoolean.withDefault(false));

/** The test of this very question and its conditions: what is saved of it, and the grades as they are being changed. */
export function useGrading(input: NonNullable<RecallInput>, judgements: Judgements) {
  const isReadOnly = useReadOnly();
  const [isAsked, setAsked] = useGradingMode();
  const tests = useSavedTests();
  const question = { query: input.query, ...conditionsOf(input) };
  const known = useInfiniteQuery(queries.testQuestions({ query: input.query }));
  const saved =
    known.data?.pages[0]?.items.find(
      (test) => test.query === question.query && sameConditions(test, question),
    ) ?? null;
  const of = JSON.stringify(question);
  const untouched: Draft = { of, changes: new Map(), note: null };
  const [kept, setKept] = useState(untouched);
  const draft = kept.of === of ? kept : untouched;
  const base = saved === null ? gradesOfVerdicts(judgements.list) : savedGrades(saved);
  const note = draft.note ?? saved?.note ?? "";
  const leave = () => {
    setKept(untouched);
    void setAsked(null);
  };
  return {
    known,
    saved,
    isReadOnly,
    isOn: isAsked && !isReadOnly,
    isReady: known.isSuccess && !known.isPlaceholderData,
    isSaving: tests.isSaving,
    grades: changedGrades(base, draft.changes),
    note,
    start: () => void setAsked(true),
    leave,
    /** The same grade once more takes it away. */
    grade: (memoryId: string, grade: number) => {
      const before = changedGrades(base, draft.changes).get(memoryId);
      const changes = new Map([...draft.changes, [memoryId, before === grade ? null : grade] as const]);
      setKept({ ...draft, changes });
    },
    setNote: (text: string) => setKept({ ...draft, note: text }),
    save: (onSaved: () => void) => {
      const grades = gradesToSave(saved, base, draft.changes);
      const body = { ...question, grades, ...(note.trim() === "" ? {} : { note }) };
      tests.save(body, saved, () => {
        leave();
        onSaved();
      });
    },
  };
}
export type Grading = ReturnType<typeof useGrading>;
