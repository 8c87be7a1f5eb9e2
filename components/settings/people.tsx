"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus, UsersRound } from "lucide-react";
import { useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/relative-time";
import { Select } from "../ui/select";
import { showDone, showFailure } from "../ui/undo-toast";
import { InviteDialog } from "./invite-dialog";
import { PanelSkeleton } from "./panel-skeleton";
import { PasswordLinkDialog } from "./password-link-dialog";
import { RemovePersonDialog, type Person } from "./remove-person-dialog";
import { roleOptions, type Role } from "./role-words";

type Invitation = CallOutput<"people.list">["invitations"][number];

/** Who was let in, as what, and who holds an invitation. */
export function People() {
  const people = useQuery(queries.people());
  const [isInviting, setInviting] = useState(false);
  const [doomed, setDoomed] = useState<Person | null>(null);
  const [forgetful, setForgetful] = useState<Person | null>(null);
  return (
    <Card
      title="People"
      description="Each signs in by name and does what their role allows. Everything they change stands on the timeline under their name."
      flush
      actions={
        <Button size="sm" variant="primary" onClick={() => setInviting(true)}>
          <UserPlus aria-hidden />
          Invite
        </Button>
      }
    >
      <DataPanel
        query={people}
        failureTitle="The people could not be listed"
        skeleton={<PanelSkeleton />}
        isEmpty={({ items, invitations }) => items.length + invitations.length === 0}
        empty={
          <EmptyState icon={UsersRound} title="Nobody has been let in by name">
            Whoever runs the server comes in by its link. Invite the others: you get a link to hand over, no
            mail is sent.
          </EmptyState>
        }
      >
        {({ items, invitations }) => (
          <div className="border-t border-line">
            <ul aria-label="People" className="divide-y divide-line">
              {items.map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  onForgotten={() => setForgetful(person)}
                  onRemove={() => setDoomed(person)}
                />
              ))}
            </ul>
            {invitations.length === 0 ? null : <Invitations invitations={invitations} />}
          </div>
        )}
      </DataPanel>
      <InviteDialog open={isInviting} onOpenChange={setInviting} />
      <PasswordLinkDialog person={forgetful} onClose={() => setForgetful(null)} />
      <RemovePersonDialog person={doomed} onClose={() => setDoomed(null)} />
    </Card>
  );
}

interface PersonRowProps {
  readonly person: Person;
  readonly onForgotten: () => void;
  readonly onRemove: () => void;
}

function PersonRow({ person, onForgotten, onRemove }: PersonRowProps) {
  const update = useVerb(verbs.updatePerson);
  const setRole = (role: Role) =>
    update.mutate(
      { params: { id: person.id }, body: { role } },
      {
        onSuccess: () => showDone(`${person.name} is ${role} now`),
        onError: (error) => showFailure("The role stays as it was", error),
      },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-(--row-y) text-sm">
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="min-w-0 wrap-anywhere">{person.name}</span>
          {person.isYou ? <Badge tone="accent">You</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-muted">
          <span className="wrap-anywhere">{person.email}</span>
          <span>
            {person.lastSeenAt === null ? (
              "Not signed in"
            ) : (
              <>
                Seen <RelativeTime at={person.lastSeenAt} />
              </>
            )}
          </span>
        </p>
      </div>
      <Select
        label={`Role of ${person.name}`}
        size="sm"
        options={roleOptions}
        value={person.role}
        disabled={update.isPending}
        className="w-24"
        onValueChange={setRole}
      />
      {person.isYou ? null : (
        <Button size="sm" variant="ghost" onClick={onForgotten}>
          Forgot password…<span className="sr-only"> {person.name}</span>
        </Button>
      )}
      <Button size="sm" onClick={onRemove}>
        Remove…<span className="sr-only"> {person.name}</span>
      </Button>
    </li>
  );
}

function Invitations({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const withdraw = useVerb(verbs.withdrawInvitation);
  const take = ({ id, note }: Invitation) =>
    withdraw.mutate(
      { params: { id } },
      {
        onSuccess: () => showDone(`The invitation for ${note} opens nothing any more`),
        onError: (error) => showFailure("It was not withdrawn", error),
      },
    );
  return (
    <section className="border-t border-line">
      <h3 className="px-(--card-pad) pt-3 pb-1 text-xs font-medium text-muted">Open invitations</h3>
      <ul aria-label="Open invitations" className="divide-y divide-line">
        {invitations.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-(--row-y) text-sm"
          >
            <span className="min-w-0 flex-1 basis-24 wrap-anywhere">{invitation.note}</span>
            <Badge tone="outline">{invitation.role}</Badge>
            <span className="text-xs text-muted">
              Ends <RelativeTime at={invitation.expiresAt} />
            </span>
            <Button size="sm" variant="ghost" onClick={() => take(invitation)}>
              Withdraw<span className="sr-only"> the invitation for {invitation.note}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
