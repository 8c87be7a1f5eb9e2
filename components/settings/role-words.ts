import type { CallOutput } from "@/lib/client/api";

export type Role = CallOutput<"people.list">["items"][number]["role"];

export const roleOptions: readonly { readonly value: Role; readonly label: string; readonly hint: string }[] =
  [
    { value: "viewer", label: "Viewer", hint: "looks around and asks" },
    { value: "curator", label: "Curator", hint: "also writes, judges, merges and takes back" },
    { value: "owner", label: "Owner", hint: "also lets in and out, imports, exports, erases" },
  ];
