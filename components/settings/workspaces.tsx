"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { plural } from "@/lib/format/number";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { RelativeTime } from "../ui/relative-time";
import { showDone, showFailure } from "../ui/undo-toast";
import { ArchiveWorkspaceDialog } from "./archive-workspace-dialog";
import { PanelSkeleton } from "./panel-skeleton";
import { WorkspaceNameDialog } from "./workspace-name-dialog";

export type Workspace = CallOutput<"workspaces.list">["items"][number];

/** Each workspace is a memory of its own: nothing of one is seen from another. */
export function Workspaces() {
  const workspaces = useQuery(queries.workspaces());
  const update = useVerb(verbs.updateWorkspace);
  const [named, setNamed] = useState<Workspace | "new" | null>(null);
  const [doomed, setDoomed] = useState<Workspace | null>(null);
  const openAgain = ({ id, name }: Workspace) =>
    update.mutate(
      { params: { id }, body: { archived: false } },
      {
        onSuccess: () => showDone(`${name} is open again`),
        onError: (error) => showFailure("It was not opened", error),
      },
    );
  return (
    <Card
      title="Workspaces"
      description="Each is a memory of its own, with its own ledger, keys and people. Nothing of one is seen from another."
      flush
      actions={
        workspaces.data?.mayMake ? (
          <Button size="sm" variant="primary" onClick={() => setNamed("new")}>
            <Plus aria-hidden />
            New workspace
          </Button>
        ) : null
      }
    >
      <DataPanel
        query={workspaces}
        failureTitle="The workspaces could not be listed"
        skeleton={<PanelSkeleton />}
      >
        {({ items, mayMake }) => (
          <>
            <ul aria-label="Workspaces" className="divide-y divide-line border-t border-line">
              {items.map((workspace) => (
                <WorkspaceRow
                  key={workspace.id}
                  workspace={workspace}
                  onRename={() => setNamed(workspace)}
                  onArchive={() => setDoomed(workspace)}
                  onOpen={() => openAgain(workspace)}
                />
              ))}
            </ul>
            {mayMake ? null : (
              <p className="border-t border-line px-(--card-pad) py-3 text-sm text-muted">
                Whoever runs this server can make further ones, or let you do so.
              </p>
            )}
          </>
        )}
      </DataPanel>
      <WorkspaceNameDialog subject={named} onClose={() => setNamed(null)} />
      <ArchiveWorkspaceDialog workspace={doomed} onClose={() => setDoomed(null)} />
    </Card>
  );
}

interface WorkspaceRowProps {
  readonly workspace: Workspace;
  readonly onRename: () => void;
  readonly onArchive: () => void;
  readonly onOpen: () => void;
}

function WorkspaceRow({ workspace, onRename, onArchive, onOpen }: WorkspaceRowProps) {
  const { name, archivedAt, isCurrent, role, changes, createdAt } = workspace;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-(--row-y) text-sm">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="min-w-0 wrap-anywhere">{name}</span>
          {isCurrent ? <Badge tone="accent">You are here</Badge> : null}
          {archivedAt === null ? null : <Badge tone="suspended">Put away</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-muted">
          <span>You are {role}</span>
          <span className="num">{plural(changes, "change")}</span>
          <span>
            {archivedAt === null ? "Made" : "Put away"} <RelativeTime at={archivedAt ?? createdAt} />
          </span>
        </p>
      </div>
      {role === "owner" ? (
        <>
          <Button size="sm" variant="ghost" onClick={onRename}>
            Rename…<span className="sr-only"> {name}</span>
          </Button>
          {archivedAt === null ? (
            <Button size="sm" onClick={onArchive}>
              Put away…<span className="sr-only"> {name}</span>
            </Button>
          ) : (
            <Button size="sm" onClick={onOpen}>
              Open again<span className="sr-only"> {name}</span>
            </Button>
          )}
        </>
      ) : null}
    </li>
  );
}
