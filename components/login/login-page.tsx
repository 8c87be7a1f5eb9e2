"use client";

import { KeyRound } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { Suspense, useEffect, useRef, useState, type FormEvent } from "react";
import { Mark } from "@/components/shell/mark";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { describeFailure } from "@/components/ui/failure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSignIn } from "./use-sign-in";

export function LoginPage() {
  return (
    <div className="flex min-h-dvh items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark className="size-7" />
          <h1 className="text-xl font-semibold tracking-tight">Sign in to Palimpsest</h1>
        </div>
        <Suspense fallback={null}>
          <SignIn />
        </Suspense>
      </div>
    </div>
  );
}

function SignIn() {
  const token = useSearchParams().get("token");
  const signIn = useSignIn();
  useTokenOnce(token, (given) => signIn.mutate({ token: given }));
  const isByLink = signIn.variables !== undefined && "token" in signIn.variables;
  if (isByLink && !signIn.isError) {
    return (
      <p role="status" className="text-sm text-muted">
        Signing you in…
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-5 shadow-card">
      {isByLink && signIn.isError ? (
        <p role="alert" className="rounded-md bg-loss-soft px-3 py-2 text-sm">
          This link does not sign in: {describeFailure(signIn.error).message} A link works once and not for
          long.
        </p>
      ) : null}
      <section>
        <h2 className="text-sm font-semibold">With a link</h2>
        <p className="mt-1 mb-2 text-sm text-muted">
          On the computer that runs Palimpsest, in its folder, this prints a link that signs you in once:
        </p>
        <CodeBlock code="npm run login" label="Command that prints a sign-in link" />
      </section>
      <KeyForm signIn={signIn} error={!isByLink && signIn.isError ? signIn.error : null} />
    </div>
  );
}

/** The link works once, so it is used once, even when the page is mounted twice, and leaves the address bar. */
function useTokenOnce(token: string | null, use: (token: string) => void): void {
  const used = useRef<string | null>(null);
  const act = useRef(use);
  useEffect(() => {
    act.current = use;
  });
  useEffect(() => {
    if (token === null || token === used.current) return;
    used.current = token;
    const clean = new URL(window.location.href);
    clean.searchParams.delete("token");
    window.history.replaceState(window.history.state, "", clean);
    act.current(token);
  }, [token]);
}

interface KeyFormProps {
  readonly signIn: ReturnType<typeof useSignIn>;
  readonly error: unknown;
}

function KeyForm({ signIn, error }: KeyFormProps) {
  const [key, setKey] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== "") signIn.mutate({ key: key.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t border-line pt-5">
      <Field
        label="With an API key"
        hint="The key of a workspace signs in to that workspace. It is not kept in the browser."
        error={error === null ? undefined : describeFailure(error).message}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="off"
            spellCheck={false}
            icon={<KeyRound aria-hidden />}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
