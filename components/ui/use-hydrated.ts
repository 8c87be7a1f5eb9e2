"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;
/** In the browser this is asked only while React takes a part over. The server itself draws what it has, which is no answer yet. */
const isServer = () => typeof window === "undefined";

/**
 * False while React takes over what the server drew, true from then on. A part of a page that is taken over late may find an answer
 * in the cache that another part has asked for meanwhile; drawn at once, it would not be what the server drew.
 */
export const useHydrated = (): boolean => useSyncExternalStore(never, () => true, isServer);
