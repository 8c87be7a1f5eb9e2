"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useSyncExternalStore } from "react";
import { account, type Account } from "@/lib/client/account";
import { keys } from "@/lib/client/keys";
import { takesPasskeys } from "../login/use-sign-in";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/relative-time";
import { showDone, showFailure } from "../ui/undo-toast";

const never = () => () => undefined;

/** Keys on one's own devices, which no page elsewhere can trick out of them. */
export function Passkeys({ passkeys }: { readonly passkeys: Account["passkeys"] }) {
  const client = useQueryClient();
  const isPossible = useSyncExternalStore(never, takesPasskeys, () => false);
  const refresh = () => client.invalidateQueries({ queryKey: keys.account.all });
  const add = useMutation({
    mutationFn: addPasskey,
    onSuccess: () => showDone("This device signs you in from now on"),
    onError: (error) => showFailure("No passkey was added", error),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: account.removePasskey,
    onSuccess: () => showDone("The passkey opens nothing any more"),
    onError: (error) => showFailure("The passkey was not removed", error),
    onSettled: refresh,
  });
  return (
    <Card
      title="Passkeys"
      description="A key pair on your device, unlocked by its fingerprint, face or code. Only its public half is here."
      flush
      actions={
        <Button size="sm" disabled={!isPossible} busy={add.isPending} onClick={() => add.mutate()}>
          {add.isPending ? null : <Plus aria-hidden />}
          Add this device
        </Button>
      }
    >
      {passkeys.length === 0 ? (
        <EmptyState icon={KeyRound} title="None yet">
          {isPossible
            ? "With one you sign in without a password."
            : "Browsers keep passkeys for secure pages with a name: come by https, or by localhost on this computer."}
        </EmptyState>
      ) : (
        <ul aria-label="Passkeys" className="divide-y divide-line border-t border-line">
          {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 px-(--card-pad) py-(--row-y) text-sm"
            >
              <span className="min-w-0 flex-1 basis-40 font-medium wrap-anywhere">{name}</span>
              <span className="text-xs text-muted">
                {lastUsedAt === null ? "Added" : "Used"} <RelativeTime at={lastUsedAt ?? createdAt} />
              </span>
              <Button size="sm" variant="ghost" onClick={() => remove.mutate(id)}>
                Remove<span className="sr-only"> {name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

async function addPasskey(): Promise<void> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { options } = await account.newPasskeyQuestion();
  await account.addPasskey(deviceName(), await startRegistration({ optionsJSON: options }));
}

/** Enough to know it again in a list of a few. */
function deviceName(): string {
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/u.exec(navigator.userAgent)?.[1] ?? "Device";
  return `${system === "Mac OS X" ? "Mac" : system}, ${new Date().toISOString().slice(0, 10)}`;
}
