"use client";

import { showFailure, showUndo } from "@/components/ui/undo-toast";
import type { CallInput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { conditionsOf, type SavedTest } from "./test-conditions";

export type TestBody = NonNullable<CallInput<"testQuestions.save">["body"]>;

/** What saves a test as it is, and so brings it back. */
const bodyOf = (test: SavedTest): TestBody => ({
  query: test.query,
  ...conditionsOf(test),
  grades: test.grades.map(({ memoryId, grade }) => ({ memoryId, grade })),
  ...(test.note === null ? {} : { note: test.note }),
});

/** Saves and deletes tests; undoing it is the state before. */
export function useSavedTests() {
  const save = useVerb(verbs.saveTestQuestion);
  const remove = useVerb(verbs.deleteTestQuestion);
  const restore = (test: SavedTest) => save.mutateAsync({ body: bodyOf(test) });
  return {
    isSaving: save.isPending,
    save: (body: TestBody, before: SavedTest | null, onSaved: () => void) =>
      save.mutate(
        { body },
        {
          onSuccess: ({ question, created }) => {
            onSaved();
            showUndo({
              message: created ? "Saved as a test" : "The test has these grades now",
              onUndo: () =>
                before === null ? remove.mutateAsync({ params: { id: question.id } }) : restore(before),
            });
          },
          onError: (error) => showFailure("The test could not be saved", error),
        },
      ),
    remove: (test: SavedTest) =>
      remove.mutate(
        { params: { id: test.id } },
        {
          onSuccess: ({ question }) =>
            showUndo({ message: `Deleted the test “${test.query}”`, onUndo: () => restore(question) }),
          onError: (error) => showFailure("The test could not be deleted", error),
        },
      ),
  };
}
