"use client";

import { Tabs as Primitive } from "radix-ui";
import { Card } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { Select } from "../ui/select";
import { clients, NO_SECRET, type ConnectClient, type Place } from "./clients";

export interface ClientCardProps {
  readonly client: ConnectClient;
  readonly place: Place;
  /** A revoked or expired key is still in the text, and would be pasted for nothing. */
  readonly isShut: boolean;
  readonly onChoose: (clientId: string) => void;
}

const options = clients.map(({ id, name, way }) => ({ value: id, label: name, hint: way }));

export function ClientCard({ client, place, isShut, onChoose }: ClientCardProps) {
  const secret = place.secret === "" ? NO_SECRET : place.secret;
  return (
    <Card title="2. Your client" description={describe(place, isShut)}>
      <Primitive.Root
        orientation="vertical"
        value={client.id}
        onValueChange={onChoose}
        className="flex flex-col gap-4 sm:flex-row"
      >
        <Select
          label="Client"
          className="w-full sm:hidden"
          options={options}
          value={client.id}
          onValueChange={onChoose}
        />
        <Primitive.List aria-label="Client" className="hidden w-44 shrink-0 flex-col gap-px sm:flex">
          {clients.map(({ id, name, way }) => (
            <Primitive.Trigger
              key={id}
              value={id}
              className="focus-inset flex min-h-8 items-center justify-between gap-2 rounded-md px-2.5 py-1 text-left text-sm text-muted transition-colors duration-100 hover:bg-hover hover:text-ink data-[state=active]:bg-pressed data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {name}
              <span className="shrink-0 text-2xs font-normal text-muted">{way}</span>
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        <Primitive.Content value={client.id} className="flex min-w-0 flex-1 flex-col gap-3">
          <p className="text-sm text-pretty text-muted">{client.note}</p>
          {client.snippets({ origin: place.origin, secret }).map(({ label, code }) => (
            <CodeBlock key={label} label={label} code={code} />
          ))}
        </Primitive.Content>
      </Primitive.Root>
    </Card>
  );
}

function describe({ secret }: Place, isShut: boolean): string {
  if (secret === "") return "With a key made above, this is ready to paste.";
  return isShut ? "The key in it does not work any more." : "Ready to paste, with the key in it.";
}
