"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { handshake, type Attempt, type HandshakeStep } from "@/lib/client/handshake";
import { keys } from "@/lib/client/keys";

export interface Handshake {
  readonly steps: readonly HandshakeStep[];
  readonly isRunning: boolean;
  readonly run: () => void;
}

/** The steps as they come; the list of keys is asked afterwards, because the key was used. */
export function useHandshake({ origin, secret, door }: Omit<Attempt, "signal">): Handshake {
  const client = useQueryClient();
  const [steps, setSteps] = useState<readonly HandshakeStep[]>([]);
  const [isRunning, setRunning] = useState(false);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const run = async () => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setSteps([]);
    setRunning(true);
    try {
      for await (const step of handshake({ origin, secret, door, signal: controller.signal })) {
        setSteps((before) => [...before, step]);
      }
      await client.invalidateQueries({ queryKey: keys.apiKeys.all });
    } catch (thrown) {
      // A test that was called off has nothing to tell.
      if (!controller.signal.aborted) throw thrown;
    } finally {
      if (!controller.signal.aborted) setRunning(false);
    }
  };
  return { steps, isRunning, run: () => void run() };
}
