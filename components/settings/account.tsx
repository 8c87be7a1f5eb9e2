"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { account } from "@/lib/client/account";
import { keys } from "@/lib/client/keys";
import { queries } from "@/lib/client/queries";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { Browsers } from "./browsers";
import { Passkeys } from "./passkeys";
import { PasswordForm } from "./password-form";

/** How one signs in, and where one is signed in. */
export function AccountSettings() {
  const session = useQuery(queries.session());
  return (
    <>
      <DataPanel query={session} failureTitle="Who you are could not be read">
        {({ person }) => (person === null ? <WithoutAccount /> : <WithAccount />)}
      </DataPanel>
      <Browsers />
    </>
  );
}

function WithoutAccount() {
  return (
    <Card
      title="You came by a link or a key"
      description="There is no account behind it, so no password either."
    >
      <p className="text-sm text-pretty text-muted">
        On your own computer that is all you need. To sign in from elsewhere, or to stand on the timeline by
        name, invite yourself under{" "}
        <Link href="/settings?tab=people" className="rounded-xs text-accent underline underline-offset-2">
          People
        </Link>{" "}
        and open the link.
      </p>
    </Card>
  );
}

function WithAccount() {
  const own = useQuery({ queryKey: keys.account.own, queryFn: account.own });
  return (
    <DataPanel query={own} failureTitle="Your account could not be read">
      {({ person, hasPassword, passkeys }) => (
        <div className="flex flex-col gap-(--page-gap)">
          <Card title={person.name} description={person.email}>
            <PasswordForm hasPassword={hasPassword} />
          </Card>
          <Passkeys passkeys={passkeys} />
        </div>
      )}
    </DataPanel>
  );
}
