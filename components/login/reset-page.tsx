"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { Suspense, useState, type FormEvent } from "react";
import { account, type PasswordLink } from "@/lib/client/account";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { describeFailure } from "@/components/ui/failure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel, StandAlone } from "./stand-alone";

/** Where somebody with a link sets another password. */
export function ResetPage() {
  return (
    <StandAlone title="Set a new password">
      <Suspense fallback={null}>
        <Reset />
      </Suspense>
    </StandAlone>
  );
}

function Reset() {
  const token = useSearchParams().get("token") ?? "";
  const link = useQuery({
    queryKey: ["password-link", token],
    queryFn: () => account.passwordLink(token),
    retry: false,
    // It opens once; asking again after it was used would put a refusal in the place of the answer.
    staleTime: Infinity,
  });
  return (
    <Panel>
      <DataPanel query={link} failureTitle="This link does not open">
        {(found) => <PasswordForm link={found} token={token} />}
      </DataPanel>
    </Panel>
  );
}

function PasswordForm({ link, token }: { readonly link: PasswordLink; readonly token: string }) {
  const [password, setPassword] = useState("");
  const reset = useMutation({ mutationFn: () => account.resetPassword(token, password) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate();
  };
  if (reset.isSuccess) return <Done email={link.email} />;
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <p className="text-sm text-pretty">
        For <strong className="font-semibold">{link.name}</strong>. Every browser that is signed in as you is
        signed out.
      </p>
      {/* Password managers keep a password with the name it stands beside. */}
      <Input type="email" autoComplete="username" aria-label="Email" readOnly value={link.email} />
      <Field
        label="New password"
        hint="At least 12 characters, for example four words."
        error={reset.isError ? describeFailure(reset.error).message : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="new-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={reset.isPending}>
        Set the password
      </Button>
    </form>
  );
}

function Done({ email }: { readonly email: string }) {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-sm text-pretty">
        The password of <strong className="font-semibold">{email}</strong> is set.
      </p>
      <Button asChild variant="primary">
        <Link href="/login">Sign in</Link>
      </Button>
    </div>
  );
}
