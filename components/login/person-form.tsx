"use client";

import { KeyRound, LogIn } from "lucide-react";
import { useSyncExternalStore, type FormEvent } from "react";
import { providerHref, type Ways } from "@/lib/client/account";
import { Button } from "@/components/ui/button";
import { describeFailure } from "@/components/ui/failure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { typedInto } from "./typed-into";
import { takesPasskeys, usePasskeySignIn, type useSignIn } from "./use-sign-in";

export interface PersonFormProps {
  readonly signIn: ReturnType<typeof useSignIn>;
  readonly ways: Ways | undefined;
  readonly error: unknown;
}

/** For people with an account here: address and password, a passkey, or an account elsewhere. */
export function PersonForm({ signIn, ways, error }: PersonFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const [email, password] = typedInto(event.currentTarget, "email", "password");
    if (email.trim() !== "" && password !== "") signIn.mutate({ email: email.trim(), password });
  };
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-sm font-semibold">With your account</h2>
      <form method="dialog" onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Email">
          {(ids) => <Input {...ids} name="email" type="email" required autoComplete="username webauthn" />}
        </Field>
        <Field label="Password" error={error === null ? undefined : describeFailure(error).message}>
          {(ids) => (
            <Input {...ids} name="password" type="password" required autoComplete="current-password" />
          )}
        </Field>
        <Button type="submit" variant="primary" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
      <PasskeyButton />
      {ways?.provider ? (
        <Button asChild>
          <a href={providerHref(null)}>
            <LogIn aria-hidden />
            Continue with {ways.provider}
          </a>
        </Button>
      ) : null}
    </section>
  );
}

const never = () => () => undefined;

function PasskeyButton() {
  const isPossible = useSyncExternalStore(never, takesPasskeys, () => false);
  const passkey = usePasskeySignIn();
  if (!isPossible) return null;
  return (
    <>
      <Button busy={passkey.isPending} onClick={() => passkey.mutate()}>
        <KeyRound aria-hidden />
        Use a passkey
      </Button>
      {passkey.isError ? (
        <p role="alert" className="text-xs text-loss">
          {describeFailure(passkey.error).message}
        </p>
      ) : null}
    </>
  );
}
