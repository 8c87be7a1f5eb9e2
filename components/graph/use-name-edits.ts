"use client";

import { useQueryClient } from "@tanstack/react-query";
import { showDone, showFailure, showUndo } from "@/components/ui/undo-toast";
import type { CallInput } from "@/lib/client/api";
import { undoGroup, useVerb, verbs } from "@/lib/client/mutations";

export type EntityEdit = NonNullable<CallInput<"entities.update">["body"]>;
export type RelationEdit = NonNullable<CallInput<"relations.update">["body"]>;

/** What a person can say of names. Each acts at once and can be undone; a refusal is said, never thrown. */
export function useNameEdits() {
  const client = useQueryClient();
  const [entity, create, merge] = [
    useVerb(verbs.updateEntity),
    useVerb(verbs.createEntity),
    useVerb(verbs.mergeEntities),
  ];
  const [relate, weigh, hide] = [
    useVerb(verbs.createRelation),
    useVerb(verbs.updateRelation),
    useVerb(verbs.deleteRelation),
  ];
  const act = async (
    made: Promise<{ readonly groupId: string | null }>,
    message: string,
  ): Promise<boolean> => {
    try {
      const { groupId } = await made;
      if (groupId === null) showDone("Nothing had to change");
      else
        showUndo({
          message,
          onUndo: () => undoGroup(client, groupId),
          timelineHref: `/timeline?group=${groupId}`,
        });
      return true;
    } catch (error) {
      showFailure("The graph was not changed", error);
      return false;
    }
  };
  return {
    isBusy: [entity, create, merge, relate, weigh, hide].some((verb) => verb.isPending),
    editEntity: (id: string, body: EntityEdit, message: string) =>
      act(entity.mutateAsync({ params: { id }, body }), message),
    addEntity: (body: CallInput<"entities.create">["body"]) =>
      act(create.mutateAsync({ body }), `Added ${body.name}`),
    mergeEntities: (body: CallInput<"entities.merge">["body"], message: string) =>
      act(merge.mutateAsync({ body }), message),
    relate: (body: CallInput<"relations.create">["body"], message: string) =>
      act(relate.mutateAsync({ body }), message),
    editRelation: (id: string, body: RelationEdit, message: string) =>
      act(weigh.mutateAsync({ params: { id }, body }), message),
    hideRelation: (id: string, message: string) => act(hide.mutateAsync({ params: { id } }), message),
  };
}

export type NameEdits = ReturnType<typeof useNameEdits>;
