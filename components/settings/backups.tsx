"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore } from "lucide-react";
import Link from "next/link";
import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { formatBytes } from "@/lib/format/bytes";
import { plural } from "@/lib/format/number";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";
import { useHydrated } from "../ui/use-hydrated";
import { showDone, showFailure } from "../ui/undo-toast";

type Listed = CallOutput<"backups.list">;

/** Copies of the whole installation, for the day on which a disk is lost. */
export function Backups() {
  const session = useQuery(queries.session());
  const isAllowed = session.data?.installation === true;
  const backups = useQuery({ ...queries.backups(), enabled: isAllowed });
  const create = useVerb(verbs.createBackup);
  const backUp = () =>
    create.mutate(
      { body: undefined },
      {
        onSuccess: ({ changes, workspaces }) =>
          showDone(
            `Backed up ${plural(workspaces, "workspace")} with ${plural(changes, "change")}, read back and proven`,
          ),
        onError: (error) => showFailure("No backup was made", error),
      },
    );
  const isHydrated = useHydrated();
  if (isHydrated && session.data !== undefined && !isAllowed) return <NotAllowed />;
  return (
    <Card
      title="Backups"
      description="Every workspace, key and outcome in one file on the server, read back before it counts."
      flush
      actions={
        <Button size="sm" busy={create.isPending} onClick={backUp}>
          {create.isPending ? null : <Archive aria-hidden />}
          Back up now
        </Button>
      }
    >
      <DataPanel
        query={backups}
        failureTitle="The backups could not be listed"
        skeleton={
          <div className="px-(--card-pad) pb-(--card-pad)">
            <SkeletonRows />
          </div>
        }
      >
        {(listed) => <BackupList listed={listed} />}
      </DataPanel>
    </Card>
  );
}

function NotAllowed() {
  return (
    <Card
      title="Backups"
      description="A backup holds every workspace of this server, so only who looks after the server sees and makes them. What is in this workspace can be exported."
    />
  );
}

function BackupList({ listed }: { readonly listed: Listed }) {
  const { items, schedule, folder } = listed;
  const [newest] = items;
  return (
    <div className="border-t border-line">
      {items.length === 0 ? (
        <EmptyState icon={ArchiveRestore} title="No backups yet">
          They are kept in {folder}.
        </EmptyState>
      ) : (
        <ul aria-label="Backups" className="divide-y divide-line">
          {items.map(({ name, createdAt, bytes, scheduled }) => (
            <li
              key={name}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 px-(--card-pad) py-(--row-y) text-sm"
            >
              <code className="min-w-0 flex-1 basis-64 truncate font-mono text-xs">{name}</code>
              {scheduled ? <Badge tone="neutral">Scheduled</Badge> : null}
              <span className="num text-xs text-muted">{formatBytes(bytes)}</span>
              <span className="text-xs text-muted">
                <RelativeTime at={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-col gap-2 border-t border-line px-(--card-pad) py-3 text-sm text-muted">
        <p>
          {schedule.intervalHours === 0
            ? "None are made by themselves."
            : `One every ${plural(schedule.intervalHours, "hour")}, the newest ${schedule.keep} are kept.`}{" "}
          <Link className="underline" href="/settings?find=backup.">
            Change the schedule
          </Link>
        </p>
        {newest ? (
          <CodeBlock label="restore command" code={`npm run restore -- "${folder}/${newest.name}"`} />
        ) : null}
      </div>
    </div>
  );
}
