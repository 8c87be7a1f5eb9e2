"use client";

import { Command as Primitive } from "cmdk";
import { Brain, CircleHelp, CornerDownLeft, Search, type LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as RadixDialog } from "radix-ui";
import { useState, type ReactNode } from "react";
import { guideTasks } from "../guide/tasks";
import { Kbd } from "../ui/kbd";
import { useReturnedFocus } from "../ui/use-returned-focus";
import { useCommandGroups, type Command } from "./command-registry";
import { destinations } from "./navigation";

export interface CommandMenuProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** The field to type in is the first that takes the focus, as it is. */
const asItIs = () => undefined;

/** Acts on the selection first, then on the page, then goes places. What was typed can be searched or recalled as it is. */
export function CommandMenu({ open, onOpenChange }: CommandMenuProps) {
  const returned = useReturnedFocus(asItIs);
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <RadixDialog.Content
          aria-describedby={undefined}
          {...returned}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-xl animate-enter overflow-hidden rounded-xl border border-line-strong bg-overlay shadow-float focus:outline-none"
        >
          <RadixDialog.Title className="sr-only">Command menu</RadixDialog.Title>
          <Palette onDone={() => onOpenChange(false)} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function Palette({ onDone }: { readonly onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const groups = useCommandGroups();
  const router = useRouter();
  const act = (run: () => void) => () => {
    onDone();
    run();
  };
  const goTo = (href: string) => act(() => router.push(href));
  const query = encodeURIComponent(typed.trim());
  return (
    <Primitive label="Command menu" loop>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <Primitive.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="Type a command, or words to look for"
          className="h-12 flex-1 bg-transparent text-base outline-none placeholder:text-muted"
        />
        <Kbd keys={["Esc"]} />
      </div>
      <Primitive.List className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
        <Primitive.Empty className="px-3 py-8 text-center text-sm text-muted">
          No command has that name.
        </Primitive.Empty>
        {groups.map((group) => (
          <Group key={group.heading} heading={group.heading}>
            {group.commands.map((command) => (
              <Item key={command.id} command={command} onSelect={act(command.run)} />
            ))}
          </Group>
        ))}
        <Group heading="Go to">
          {destinations.map((place) => (
            <Item
              key={place.href}
              command={{
                id: place.href,
                label: place.label,
                icon: place.icon,
                keys: place.keys,
                run: () => undefined,
              }}
              hint={place.purpose}
              onSelect={goTo(place.href)}
            />
          ))}
        </Group>
        <Group heading="Guide">
          {guideTasks.map(({ task, title, gist }) => (
            <Item
              key={task}
              command={{ id: `/guide/${task}`, label: title, icon: CircleHelp, run: () => undefined }}
              hint={gist}
              onSelect={goTo(`/guide/${task}`)}
            />
          ))}
        </Group>
        {query ? (
          <Primitive.Group forceMount heading="Look for it" className={groupClasses}>
            <FreeItem
              icon={Brain}
              label={`Search memories for “${typed.trim()}”`}
              onSelect={goTo(`/memories?q=${query}`)}
            />
            <FreeItem
              icon={Search}
              label={`Recall “${typed.trim()}”`}
              onSelect={goTo(`/recall?q=${query}`)}
            />
          </Primitive.Group>
        ) : null}
      </Primitive.List>
    </Primitive>
  );
}

const groupClasses =
  "not-first:mt-1 **:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:py-1.5 **:[[cmdk-group-heading]]:text-2xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-muted";
const itemClasses =
  "group flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm select-none data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Primitive.Group heading={heading} className={groupClasses}>
      {children}
    </Primitive.Group>
  );
}

interface ItemProps {
  readonly command: Command;
  readonly hint?: string;
  readonly onSelect: () => void;
}

function Item({ command, hint, onSelect }: ItemProps) {
  return (
    <Primitive.Item
      value={`${command.label} ${command.id}`}
      keywords={[...(command.keywords ?? []), hint ?? ""]}
      onSelect={onSelect}
      className={itemClasses}
    >
      {command.icon ? <command.icon aria-hidden /> : <CornerDownLeft aria-hidden />}
      <span className="truncate">{command.label}</span>
      <span className="min-w-0 flex-1 truncate text-xs text-muted max-sm:hidden">{hint}</span>
      {command.keys ? <Kbd keys={command.keys} /> : null}
    </Primitive.Item>
  );
}

interface FreeItemProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onSelect: () => void;
}

function FreeItem({ icon: Icon, label, onSelect }: FreeItemProps) {
  return (
    <Primitive.Item forceMount value={label} onSelect={onSelect} className={itemClasses}>
      <Icon aria-hidden />
      <span className="truncate">{label}</span>
    </Primitive.Item>
  );
}
