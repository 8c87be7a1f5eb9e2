import type { CallInput } from "@/lib/client/api";

export type KeyInput = CallInput<"keys.create">["body"];

export interface Preset {
  readonly id: "agent" | "reader" | "curator";
  readonly name: string;
  readonly may: string;
  readonly scopes: KeyInput["scopes"];
}

/** What clients usually need; anything else is made under Settings → API keys. */
export const presets: readonly [Preset, ...Preset[]] = [
  {
    id: "agent",
    name: "Agent",
    may: "Recalls, remembers, and reports what helped",
    scopes: ["read", "write", "feedback"],
  },
  { id: "reader", name: "Read only", may: "Recalls and reads, changes nothing", scopes: ["read"] },
  {
    id: "curator",
    name: "Curator",
    may: "Also merges, tunes, and takes changes back",
    scopes: ["read", "write", "feedback", "curate"],
  },
];
