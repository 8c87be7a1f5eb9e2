"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { account } from "@/lib/client/account";
import { keys } from "@/lib/client/keys";
import { Button } from "../ui/button";
import { describeFailure } from "../ui/failure";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { showDone } from "../ui/undo-toast";

export function PasswordForm({ hasPassword }: { readonly hasPassword: boolean }) {
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: account.changePassword,
    onSuccess: ({ ended }) => {
      setCurrent("");
      setNext("");
      showDone(`The password is changed; other browsers signed out: ${ended}`);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.account.all }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, next });
  };
  return (
    <form onSubmit={submit} className="flex max-w-sm flex-col gap-3">
      {hasPassword ? (
        <Field label="Present password">
          {(ids) => (
            <Input
              {...ids}
              type="password"
              required
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Field
        label="New password"
        hint="At least 12 characters. Your other browsers have to sign in with it."
        error={change.isError ? describeFailure(change.error).message : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            required
            minLength={12}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="self-start" busy={change.isPending}>
        {hasPassword ? "Change the password" : "Set a password"}
      </Button>
    </form>
  );
}
