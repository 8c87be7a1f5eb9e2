"use client";

import { lazy, Suspense, useEffect, useState, type ComponentType } from "react";

const SETTLED_MS = 1500;

/**
 * A dialog or panel whose code is fetched once the page stands, so that it costs the first paint nothing and is there
 * before a hand has reached its button. It is mounted from its first opening on.
 */
export function laterPanel<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  isOpen: (props: Props) => boolean,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function LaterPanel(props: Props) {
    const isNowOpen = isOpen(props);
    const [wasOpened, setWasOpened] = useState(isNowOpen);
    if (isNowOpen && !wasOpened) setWasOpened(true);
    useEffect(() => {
      const timer = setTimeout(() => void load(), SETTLED_MS);
      return () => clearTimeout(timer);
    }, []);
    if (!wasOpened) return null;
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

/** The usual case: a dialog that says by `open` whether it is. */
export const laterDialog = <Props extends { readonly open: boolean }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> => laterPanel(load, ({ open }) => open);
