import { useMutation, useQueryClient, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { useCallback } from "react";
import { call, type CallInput, type CallOutput, type ClientOperationId } from "./api";
import { keys, ledgerRungs } from "./keys";
import { shownState } from "./state-at";

/** A verb of the API, and the rungs of the keys that it makes stale. */
export interface Verb<Input, Output> {
  readonly run: (input: Input) => Promise<Output>;
  readonly invalidates: readonly QueryKey[];
}

const withParameters = [...ledgerRungs, keys.parameters.all];

export const verbs = {
  createMemory: verb("memories.create", ledgerRungs),
  createMemories: verb("memories.createMany", ledgerRungs),
  updateMemory: verb("memories.update", ledgerRungs),
  deleteMemory: verb("memories.delete", ledgerRungs),
  bulkMemories: verb("memories.bulk", ledgerRungs),
  purgeMemory: verb("memories.purge", [...ledgerRungs, keys.retrievals.all]),
  /** A recall that counts: it is logged, and outcomes can be reported for it. */
  recall: verb("recall", [keys.retrievals.all, keys.metrics.all]),
  sendSignal: verb("signals.create", [...ledgerRungs, keys.retrievals.all]),
  saveTestQuestion: verb("testQuestions.save", [keys.testQuestions.all]),
  deleteTestQuestion: verb("testQuestions.delete", [keys.testQuestions.all]),
  /** Undo, redo, unmerge and revert are all this one. */
  revert: verb("reverts.create", withParameters),
  /** The same for thousands of changes: it goes on when its page is left. */
  startRevert: verb("reverts.start", [keys.reverts.jobs]),
  merge: verb("merges.create", ledgerRungs),
  createEntity: verb("entities.create", ledgerRungs),
  updateEntity: verb("entities.update", ledgerRungs),
  mergeEntities: verb("entities.merge", ledgerRungs),
  createRelation: verb("relations.create", ledgerRungs),
  updateRelation: verb("relations.update", ledgerRungs),
  deleteRelation: verb("relations.delete", ledgerRungs),
  runCycle: verb("cycles.run", withParameters),
  cancelCycle: verb("cycles.cancel", withParameters),
  decideProposals: verb("proposals.decide", withParameters),
  setParameter: verb("parameters.set", withParameters),
  importMemories: verb("import.create", withParameters),
  createBackup: verb("backups.create", [keys.backups.all]),
  createApiKey: verb("keys.create", [keys.apiKeys.all]),
  revokeApiKey: verb("keys.revoke", [keys.apiKeys.all]),
  createWorkspace: verb("workspaces.create", [keys.workspaces.all]),
  updateWorkspace: verb("workspaces.update", [keys.workspaces.all, keys.session]),
  /** Everything that is shown belongs to where one was before: the caller loads the page anew. */
  enterWorkspace: verb("workspaces.enter", []),
  invitePerson: verb("people.invite", [keys.people.all]),
  withdrawInvitation: verb("people.withdraw", [keys.people.all]),
  updatePerson: verb("people.update", [keys.people.all, keys.session]),
  removePerson: verb("people.remove", [keys.people.all]),
  makePasswordLink: verb("people.resetPassword", []),
  endSession: verb("sessions.end", [keys.account.sessions]),
  endSessions: verb("sessions.endAll", [keys.account.sessions]),
  createWebhook: verb("webhooks.create", [keys.webhooks.all]),
  updateWebhook: verb("webhooks.update", [keys.webhooks.all]),
  deleteWebhook: verb("webhooks.delete", [keys.webhooks.all]),
  testWebhook: verb("webhooks.test", [keys.webhooks.all]),
  redeliverWebhook: verb("webhooks.redeliver", [keys.webhooks.all]),
  testModel: verb("models.test", []),
};

/**
 * `const archive = useVerb(verbs.updateMemory); archive.mutate({ params: { id }, body: { lifecycle: "archived" } })`.
 * The rungs are stale after a failure too: a conflict means that somebody else has moved the target.
 */
export function useVerb<Input, Output>({ run, invalidates }: Verb<Input, Output>) {
  const client = useQueryClient();
  const mutation = useMutation({ mutationFn: run, onSettled: () => invalidate(client, invalidates) });
  const { mutateAsync } = mutation;
  const mutate = useCallback(
    (input: Input, { onSuccess = nothing, onError = nothing }: Heard<Output> = {}) =>
      void mutateAsync(input).then(onSuccess, onError),
    [mutateAsync],
  );
  return { ...mutation, mutate };
}

/**
 * Called even when the component has gone by then: its row leaves the list as soon as the verb has done its work, and the
 * toast that offers to undo it would never appear. (The library's own `mutate` forgets the callbacks of what is unmounted.)
 */
export interface Heard<Output> {
  readonly onSuccess?: (output: Output) => void;
  readonly onError?: (error: Error) => void;
}

const nothing = () => undefined;

/** For the `onUndo` of a toast, which outlives the component that showed it. */
export async function undoGroup(client: QueryClient, groupId: string): Promise<CallOutput<"reverts.create">> {
  try {
    return await verbs.revert.run({ body: { groupId } });
  } finally {
    await invalidate(client, verbs.revert.invalidates);
  }
}

async function invalidate(client: QueryClient, rungs: readonly QueryKey[]): Promise<void> {
  await Promise.all(rungs.map((queryKey) => client.invalidateQueries({ queryKey })));
}

function verb<Id extends ClientOperationId>(
  id: Id,
  invalidates: readonly QueryKey[],
): Verb<CallInput<Id>, CallOutput<Id>> {
  return { run: async (input) => (shownState() !== null ? refuseEarlier() : call(id, input)), invalidates };
}

/** Whatever key or button asks, nothing is written while the pages show an earlier state. */
function refuseEarlier(): never {
  throw new Error("You are looking at an earlier state, which is read only. Go back to now first.");
}
