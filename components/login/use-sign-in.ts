"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { account } from "@/lib/client/account";

export type { Credential } from "@/lib/client/account";

/** Exchanges what somebody knows or has for a session cookie and goes where the person was headed. */
export function useSignIn() {
  return useMutation({ mutationFn: account.signIn, onSuccess: useEntered() });
}

/** The browser signs a question with a passkey of its person. */
export function usePasskeySignIn() {
  return useMutation({
    mutationFn: async () => {
      const { startAuthentication } = await import("@simplewebauthn/browser");
      const { options } = await account.passkeyQuestion();
      return account.signInByPasskey(await startAuthentication({ optionsJSON: options }));
    },
    onSuccess: useEntered(),
  });
}

export function useEntered() {
  const router = useRouter();
  const client = useQueryClient();
  const next = safePath(useSearchParams().get("next"));
  return () => {
    client.clear();
    router.replace(next);
  };
}

/** Passkeys hang on a name, and browsers give them to secure pages alone. */
export const takesPasskeys = (): boolean =>
  typeof window !== "undefined" &&
  window.isSecureContext &&
  "PublicKeyCredential" in window &&
  !/^[\d.]+$|^\[/u.test(window.location.hostname);

/** A link must not lead off this server after signing in. */
export function safePath(asked: string | null): string {
  return asked !== null && /^\/(?![/\\])/.test(asked) && !asked.startsWith("/login") ? asked : "/";
}
