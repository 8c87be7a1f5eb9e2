"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, PlugZap, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { EmptyState } from "../ui/empty-state";
import { SkeletonRows } from "../ui/skeleton";
import { ApiKeyRow } from "./api-key-row";
import { CreateKeyDialog } from "./create-key-dialog";
import { RevokeKeyDialog, type ApiKey } from "./revoke-key-dialog";

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
        <>
          <Button asChild size="sm">
            <Link href="/connect">
              <PlugZap aria-hidden />
              Connect a client
            </Link>
          </Button>
          <Button size="sm" variant="primary" onClick={() => setCreating(true)}>
            <Plus aria-hidden />
            New key
          </Button>
        </>
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
      <RevokeKeyDialog apiKey={doomed} onClose={() => setDoomed(null)} />
    </Card>
  );
}
