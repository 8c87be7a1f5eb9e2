"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { CallOutput } from "@/lib/client/api";
import { useVerb, verbs } from "@/lib/client/mutations";
import { queries } from "@/lib/client/queries";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { Dialog } from "../ui/dialog";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/relative-time";
import { SkeletonRows } from "../ui/skeleton";
import { showDone, showFailure } from "../ui/undo-toast";
import { CreateKeyDialog } from "./create-key-dialog";

type ApiKey = CallOutput<"keys.list">["items"][number];

/** Who may call, with what rights, and when they last did. */
export function ApiKeys() {
  const apiKeys = useQuery(queries.apiKeys());
  const [isCreating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<ApiKey | null>(null);
  return (
    <Card
      title="API keys"
      description="A client uses one to write, recall and report. Its secret is shown once and kept as a hash."
      flush
      actions={
        <Button size="sm" variant="primary" onClick={() => setCreating(true)}>
          <Plus aria-hidden />
          New key
        </Button>
      }
    >
      <DataPanel
        query={apiKeys}
        failureTitle="The keys could not be loaded"
        skeleton={
          <div className="px-(--card-pad) pb-(--card-pad)">
            <SkeletonRows />
          </div>
        }
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState icon={KeyRound} title="No keys yet">
            Only this browser can reach the memory.
          </EmptyState>
        }
      >
        {({ items }) => (
          <ul className="divide-y divide-line border-t border-line">
            {items.map((apiKey) => (
              <ApiKeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => setDoomed(apiKey)} />
            ))}
          </ul>
        )}
      </DataPanel>
      <CreateKeyDialog open={isCreating} onOpenChange={setCreating} />
      <RevokeDialog apiKey={doomed} onClose={() => setDoomed(null)} />
    </Card>
  );
}

interface ApiKeyRowProps {
  readonly apiKey: ApiKey;
  readonly onRevoke: () => void;
}

function ApiKeyRow({ apiKey, onRevoke }: ApiKeyRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {apiKey.name}
          <code className="font-mono text-xs font-normal text-muted">{apiKey.prefix}…</code>
          {apiKey.revokedAt ? <Badge tone="loss">Revoked</Badge> : null}
        </p>
        <p className="text-xs text-muted">
          {apiKey.scopes.join(", ")} · {apiKey.trust} trust · made <RelativeTime at={apiKey.createdAt} /> ·{" "}
          {apiKey.lastUsedAt ? (
            <>
              last used <RelativeTime at={apiKey.lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
        </p>
      </div>
      {apiKey.revokedAt ? null : (
        <Button size="sm" onClick={onRevoke}>
          Revoke…
        </Button>
      )}
    </li>
  );
}

interface RevokeDialogProps {
  readonly apiKey: ApiKey | null;
  readonly onClose: () => void;
}

/** A revoked key cannot be given back, so this asks. */
function RevokeDialog({ apiKey, onClose }: RevokeDialogProps) {
  const revoke = useVerb(verbs.revokeApiKey);
  const confirm = () => {
    if (apiKey === null) return;
    revoke.mutate(
      { params: { id: apiKey.id } },
      {
        onSuccess: () => {
          onClose();
          showDone(`Revoked ${apiKey.name}`);
        },
        onError: (error) => showFailure("The key was not revoked", error),
      },
    );
  };
  return (
    <Dialog
      open={apiKey !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="sm"
      title={`Revoke ${apiKey?.name ?? "the key"}?`}
      description="Its next call is refused. A revoked key cannot be given back; what it wrote stays."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" busy={revoke.isPending} onClick={confirm}>
            Revoke
          </Button>
        </>
      }
    />
  );
}
