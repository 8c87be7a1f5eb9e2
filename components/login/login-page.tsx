"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { Suspense, useEffect, useRef, type FormEvent, type ReactNode } from "react";
import { account } from "@/lib/client/account";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { describeFailure } from "@/components/ui/failure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PersonForm } from "./person-form";
import { Panel, StandAlone } from "./stand-alone";
import { typedInto } from "./typed-into";
import { useSignIn } from "./use-sign-in";

export function LoginPage() {
  return (
    <StandAlone title="Sign in to Palimpsest">
      <Suspense fallback={null}>
        <SignIn />
      </Suspense>
    </StandAlone>
  );
}

function SignIn() {
  const search = useSearchParams();
  const [token, problem] = [search.get("token"), search.get("problem")];
  const signIn = useSignIn();
  const ways = useQuery({ queryKey: ["ways"], queryFn: account.ways });
  useTokenOnce(token, (given) => signIn.mutate({ token: given }));
  const by = signIn.variables;
  const isByLink = by !== undefined && "token" in by;
  if (isByLink && !signIn.isError) {
    return (
      <p role="status" className="text-sm text-muted">
        Signing you in…
      </p>
    );
  }
  const errorOf = (isOwn: boolean) => (isOwn && signIn.isError ? signIn.error : null);
  return (
    <Panel>
      {isByLink && signIn.isError ? (
        <p role="alert" className="rounded-md bg-loss-soft px-3 py-2 text-sm">
          This link does not sign in: {describeFailure(signIn.error).message} A link works once and not for
          long.
        </p>
      ) : null}
      {problem === null ? null : (
        <p role="alert" className="rounded-md bg-loss-soft px-3 py-2 text-sm">
          {providerProblem(problem)}
        </p>
      )}
      <LocalFirst isLocal={ways.data?.isLocalOnly ?? true}>
        <LinkHelp />
        <PersonForm signIn={signIn} ways={ways.data} error={errorOf(by !== undefined && "email" in by)} />
      </LocalFirst>
      <KeyForm signIn={signIn} error={errorOf(by !== undefined && "key" in by)} />
    </Panel>
  );
}

/** On one's own computer the link is what one has; on a server for others it is their account. */
function LocalFirst({
  isLocal,
  children,
}: {
  readonly isLocal: boolean;
  readonly children: [ReactNode, ReactNode];
}) {
  const [link, person] = children;
  return (
    <>
      {isLocal ? link : person}
      <div className="border-t border-line pt-5">{isLocal ? person : link}</div>
    </>
  );
}

function LinkHelp() {
  return (
    <section>
      <h2 className="text-sm font-semibold">With a link</h2>
      <p className="mt-1 mb-2 text-sm text-muted">
        On the computer that runs Palimpsest, in its folder, this prints a link that signs you in once:
      </p>
      <CodeBlock code="npm run login" label="Command that prints a sign-in link" />
    </section>
  );
}

const providerProblem = (word: string): string =>
  word === "signup_disabled" || word === "account_not_linked"
    ? "Nobody here has this account. Ask an owner for an invitation, and continue from there."
    : `The account elsewhere did not sign you in (${word.slice(0, 80)}). Try again, or sign in another way.`;

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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const [key] = typedInto(event.currentTarget, "key");
    if (key.trim() !== "") signIn.mutate({ key: key.trim() });
  };
  return (
    <form method="dialog" onSubmit={submit} className="flex flex-col gap-3 border-t border-line pt-5">
      <Field
        label="With an API key"
        hint="The key of a workspace signs in to that workspace. It is not kept in the browser."
        error={error === null ? undefined : describeFailure(error).message}
      >
        {(ids) => (
          <Input
            {...ids}
            name="key"
            type="password"
            autoComplete="off"
            spellCheck={false}
            icon={<KeyRound aria-hidden />}
          />
        )}
      </Field>
      <Button type="submit" busy={signIn.isPending}>
        Sign in with the key
      </Button>
    </form>
  );
}
