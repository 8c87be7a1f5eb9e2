"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { errorFromResponse, errorFromThrow } from "@/lib/client/api-error";

export type Credential = { readonly token: string } | { readonly key: string };

/** Exchanges a one-time link or a key for a session cookie and goes where the person was headed. */
export function useSignIn() {
  const router = useRouter();
  const client = useQueryClient();
  const next = safePath(useSearchParams().get("next"));
  return useMutation({
    mutationFn: startSession,
    onSuccess: () => {
      client.clear();
      router.replace(next);
    },
  });
}

async function startSession(credential: Credential): Promise<void> {
  const response = await fetch("/api/session", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(credential),
    credentials: "same-origin",
  }).catch((thrown: unknown) => {
    throw errorFromThrow(thrown);
  });
  if (!response.ok) throw await errorFromResponse(response);
}

/** A link must not lead off this server after signing in. */
export function safePath(asked: string | null): string {
  return asked !== null && /^\/(?![/\\])/.test(asked) && !asked.startsWith("/login") ? asked : "/";
}
