"use client";

import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { keys, ledgerRungs } from "./keys";
import { createRefresher, staleBy } from "./live-refresh";
import { nextLiveStatus, reconnectDelayMs, type LiveEvent, type LiveStatus } from "./live-status";

const STREAM_URL = "/api/v1/events";
export const POLL_MS = 15_000;
const OVERDUE_MS = 5000;
/** What may have moved while nobody told. */
const unheard = [...ledgerRungs, keys.retrievals.all, keys.parameters.all];

type Listener = (data: unknown) => void;
const subscribers = new Map<string, Set<Listener>>();
const statusListeners = new Set<() => void>();
let status: LiveStatus = { kind: "connecting" };

/** Keeps the pages fresh for as long as it is mounted: by the stream, or by polling while that is lost. Mount it once. */
export function useLive(enabled: boolean): LiveStatus {
  const client = useQueryClient();
  useEffect(() => (enabled ? openStream(client) : undefined), [client, enabled]);
  return useSyncExternalStore(subscribeStatus, currentStatus, currentStatus);
}

/** Hears one kind of event, `progress` for instance, with its data as the server sent it. */
export function useLiveEvent(
  name: "change" | "retrieval" | "cycle" | "test" | "progress",
  onEvent: Listener,
): void {
  useEffect(() => {
    const heard = subscribers.get(name) ?? new Set();
    subscribers.set(name, heard.add(onEvent));
    return () => void heard.delete(onEvent);
  }, [name, onEvent]);
}

function openStream(client: QueryClient): () => void {
  const refresh = createRefresher(client);
  let source: EventSource | null = null;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const overdue = setTimeout(() => publish({ kind: "overdue", atMs: Date.now() }), OVERDUE_MS);
  const poll = setInterval(() => {
    if (status.kind === "polling" && !document.hidden) askAgain(client);
  }, POLL_MS);
  const connect = () => {
    const opened = new EventSource(STREAM_URL);
    source = opened;
    opened.onopen = () => {
      // What happened while the stream was away was not heard, so everything is asked for once.
      if (status.kind === "polling") askAgain(client);
      failures = 0;
      publish({ kind: "opened" });
    };
    opened.onerror = () => {
      opened.close();
      failures += 1;
      publish({ kind: "lost", atMs: Date.now() });
      retry = setTimeout(connect, reconnectDelayMs(failures));
    };
    for (const name of Object.keys(staleBy)) {
      opened.addEventListener(name, (event) => {
        const data = parse(event.data);
        refresh.hear(name, data);
        tell(name, data);
      });
    }
  };
  connect();
  return () => {
    source?.close();
    clearTimeout(retry);
    clearTimeout(overdue);
    clearInterval(poll);
    refresh.stop();
  };
}

function askAgain(client: QueryClient): void {
  for (const queryKey of unheard) void client.invalidateQueries({ queryKey });
}

function publish(event: LiveEvent): void {
  const next = nextLiveStatus(status, event);
  if (next === status) return;
  status = next;
  for (const listener of statusListeners) listener();
}

function tell(name: string, data: unknown): void {
  for (const listener of subscribers.get(name) ?? []) listener(data);
}

function parse(text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function subscribeStatus(listener: () => void): () => void {
  statusListeners.add(listener);
  return () => statusListeners.delete(listener);
}

function currentStatus(): LiveStatus {
  return status;
}
