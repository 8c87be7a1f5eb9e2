"use client";

import { Tabs as Primitive } from "radix-ui";
import { useEffect, useRef, type ComponentProps } from "react";
import { cn } from "./cn";

export const Tabs = Primitive.Root;

/** On a narrow screen the tabs scroll: the chosen one is always in view, and the edge fades where others follow. */
export function TabsList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const show = () => centre(element, element.querySelector('[data-state="active"]'));
    const observer = new MutationObserver(show);
    observer.observe(element, { subtree: true, attributeFilter: ["data-state"] });
    show();
    return () => observer.disconnect();
  }, []);
  return (
    <Primitive.List
      ref={list}
      className={cn(
        "flex items-center gap-4 overflow-x-auto border-b border-line [scrollbar-width:none] max-sm:[mask-image:linear-gradient(to_right,black_calc(100%-2rem),transparent)] max-sm:pr-8",
        className,
      )}
      {...props}
    />
  );
}

/** Sideways only: the page itself stays where it is. */
function centre(list: HTMLElement, tab: Element | null): void {
  if (tab === null) return;
  const [outer, inner] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
  list.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-0.5 text-sm font-medium whitespace-nowrap text-muted transition-colors duration-100 focus-inset hover:text-ink data-[state=active]:border-accent-mark data-[state=active]:text-ink",
        className,
      )}
      {...props}
    />
  );
}

export function TabsContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return <Primitive.Content className={cn("pt-4", className)} {...props} />;
}
