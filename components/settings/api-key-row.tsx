"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/relative-time";
import { useNow } from "../ui/use-now";
import { keyStanding } from "./key-standing";
import type { ApiKey } from "./revoke-key-dialog";

export interface ApiKeyRowProps {
  readonly apiKey: ApiKey;
  readonly onRevoke: () => void;
}

export function ApiKeyRow({ apiKey, onRevoke }: ApiKeyRowProps) {
  const standing = keyStanding(apiKey, useNow());
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--card-pad) py-(--row-y) text-sm">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="min-w-0 wrap-anywhere">{apiKey.name}</span>
          <code className="font-mono text-xs font-normal text-muted">{apiKey.prefix}…</code>
          {standing === "revoked" ? <Badge tone="loss">Revoked</Badge> : null}
          {standing === "expired" ? <Badge tone="loss">Expired</Badge> : null}
        </p>
        <p className="flex flex-wrap items-center gap-1">
          <span className="sr-only">May: </span>
          {apiKey.scopes.map((scope) => (
            <Badge key={scope} tone="outline">
              {scope}
            </Badge>
          ))}
          <Badge>{apiKey.trust} trust</Badge>
        </p>
        <KeyTimes apiKey={apiKey} />
      </div>
      <Button asChild size="sm" variant="ghost">
        <Link href={`/timeline?actor=${encodeURIComponent(`key:${apiKey.id}`)}`}>
          Its changes<span className="sr-only"> of {apiKey.name}</span>
        </Link>
      </Button>
      {standing === "revoked" ? null : (
        <Button size="sm" onClick={onRevoke}>
          Revoke…<span className="sr-only"> {apiKey.name}</span>
        </Button>
      )}
    </li>
  );
}

/** When it was made, last used, and how long it lasts. */
export function KeyTimes({ apiKey }: { readonly apiKey: ApiKey }) {
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-muted">
      <Moment word="Made" at={apiKey.createdAt} />
      <Moment word="Last used" at={apiKey.lastUsedAt}>
        Never used
      </Moment>
      {apiKey.revokedAt === null ? (
        <Moment word="Expires" at={apiKey.expiresAt}>
          Does not expire
        </Moment>
      ) : (
        <Moment word="Revoked" at={apiKey.revokedAt} />
      )}
    </p>
  );
}

interface MomentProps {
  readonly word: string;
  readonly at: string | null;
  readonly children?: ReactNode;
}

function Moment({ word, at, children }: MomentProps) {
  if (at === null) return <span>{children}</span>;
  return (
    <span>
      {word} <RelativeTime at={at} />
    </span>
  );
}
