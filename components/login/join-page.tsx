"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { LogIn } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { Suspense, useState, type FormEvent } from "react";
import { account, providerHref, type Offered } from "@/lib/client/account";
import { Button } from "@/components/ui/button";
import { DataPanel } from "@/components/ui/data-panel";
import { describeFailure } from "@/components/ui/failure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel, StandAlone } from "./stand-alone";
import { useEntered } from "./use-sign-in";

const roleWords = {
  viewer: "look around and ask",
  curator: "write, judge, merge and take back",
  owner: "do everything, and let others in",
} as const;

/** Where an invitation is used. */
export function JoinPage() {
  return (
    <StandAlone title="You are invited">
      <Suspense fallback={null}>
        <Join />
      </Suspense>
    </StandAlone>
  );
}

function Join() {
  const token = useSearchParams().get("token") ?? "";
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => account.invitation(token),
    retry: false,
  });
  return (
    <Panel>
      <DataPanel query={invitation} failureTitle="This invitation does not open">
        {(offered) => <Welcome offered={offered} token={token} />}
      </DataPanel>
    </Panel>
  );
}

function Welcome({ offered, token }: { readonly offered: Offered; readonly token: string }) {
  const ways = useQuery({ queryKey: ["ways"], queryFn: account.ways });
  const own = useQuery({ queryKey: ["account", "own"], queryFn: account.own, retry: false });
  return (
    <div className="flex flex-col gap-5">
      <p className="text-sm text-pretty">
        The workspace <strong className="font-semibold">{offered.workspace.name}</strong> lets you in as{" "}
        <strong className="font-semibold">{offered.role}</strong>: you may {roleWords[offered.role]}.
      </p>
      {own.data === undefined ? null : <AsYourself name={own.data.person.name} token={token} />}
      <JoinForm token={token} suggestedName={offered.note} />
      {ways.data?.provider ? (
        <Button asChild>
          <a href={providerHref(token)}>
            <LogIn aria-hidden />
            Continue with {ways.data.provider}
          </a>
        </Button>
      ) : null}
    </div>
  );
}

function AsYourself({ name, token }: { readonly name: string; readonly token: string }) {
  const entered = useEntered();
  const join = useMutation({ mutationFn: () => account.joinAsYourself(token), onSuccess: entered });
  return (
    <section className="flex flex-col gap-2 border-b border-line pb-5">
      <Button variant="primary" busy={join.isPending} onClick={() => join.mutate()}>
        Come in as {name}
      </Button>
      {join.isError ? (
        <p role="alert" className="text-xs text-loss">
          {describeFailure(join.error).message}
        </p>
      ) : null}
      <p className="text-xs text-muted">Or as somebody else:</p>
    </section>
  );
}

const fields = [
  { name: "name", label: "Your name", type: "text", autoComplete: "name", hint: "Shown beside what you do." },
  {
    name: "email",
    label: "Email",
    type: "email",
    autoComplete: "username",
    hint: "To sign in with; nothing is sent.",
  },
  {
    name: "password",
    label: "Password",
    type: "password",
    autoComplete: "new-password",
    hint: "At least 12 characters. If you have an account here, its password.",
  },
] as const;

function JoinForm({ token, suggestedName }: { readonly token: string; readonly suggestedName: string }) {
  const [values, setValues] = useState({ name: suggestedName, email: "", password: "" });
  const join = useMutation({ mutationFn: account.join, onSuccess: useEntered() });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate({ token, ...values });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {fields.map(({ name, label, hint, ...input }) => (
        <Field
          key={name}
          label={label}
          hint={hint}
          error={name === "password" && join.isError ? describeFailure(join.error).message : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              {...input}
              required
              value={values[name]}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Button type="submit" variant="primary" busy={join.isPending}>
        Come in
      </Button>
    </form>
  );
}
