"use client";

import { useQuery } from "@tanstack/react-query";
import { BookOpen } from "lucide-react";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { keyStanding } from "../settings/key-standing";
import { Writable } from "../shell/writable";
import { Button } from "../ui/button";
import { Page, PageHeader } from "../ui/page-header";
import { useNow } from "../ui/use-now";
import { ActivityCard } from "./activity-card";
import { ClientCard } from "./client-card";
import { clients } from "./clients";
import { KeyCard } from "./key-card";
import { TestCard } from "./test-card";
import { TrialCard } from "./trial-card";
import { useOrigin } from "./use-origin";

const SEEN_EVERY_MS = 5000;

/** How do I connect my client: a key, the text to paste, a proof that it works, and what came of it. */
export function ConnectPage() {
  const [chosen, choose] = useQueryState("client", parseAsString);
  const [secret, setSecret] = useState("");
  const origin = useOrigin();
  const apiKeys = useQuery({
    ...queries.apiKeys(),
    refetchInterval: secret === "" ? false : SEEN_EVERY_MS,
  });
  // A secret begins with the prefix that its key is known by.
  const apiKey = apiKeys.data?.items.find(({ prefix }) => secret !== "" && secret.startsWith(prefix)) ?? null;
  const now = useNow();
  const isShut = apiKey !== null && keyStanding(apiKey, now) !== "valid";
  const client = clients.find(({ id }) => id === chosen) ?? clients[0];
  if (client === undefined) return null;
  return (
    <Page>
      <PageHeader
        title="Connect"
        description="Give each program or agent a key of its own, paste what it needs, and see that it gets through."
        actions={
          <Button asChild>
            <Link href="/docs">
              <BookOpen aria-hidden />
              API reference
            </Link>
          </Button>
        }
      />
      <div className="grid items-start gap-(--page-gap) lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-(--page-gap)">
          <Writable>
            <KeyCard secret={secret} apiKey={apiKey} onSecretChange={setSecret} />
          </Writable>
          <ClientCard
            client={client}
            place={{ origin, secret }}
            isShut={isShut}
            onChoose={(id) => void choose(id)}
          />
          <Writable>
            {/* Another key or another door offers other tools. */}
            <TrialCard key={`${client.door} ${secret}`} client={client} origin={origin} secret={secret} />
          </Writable>
        </div>
        <div className="flex min-w-0 flex-col gap-(--page-gap)">
          {/* Another key or another door is another test. */}
          <TestCard key={`${client.door} ${secret}`} client={client} origin={origin} secret={secret} />
          <ActivityCard apiKey={apiKey} query={apiKeys} hasSecret={secret !== ""} />
        </div>
      </div>
    </Page>
  );
}
