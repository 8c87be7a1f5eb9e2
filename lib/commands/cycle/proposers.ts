import { proposeArchive } from "./propose-archive";
import { proposeLinks } from "./propose-links";
import { proposeQuarantine } from "./propose-quarantine";
import type { Proposer } from "./proposer";

/** Who proposes, in the order in which they are asked; one that another builds upon stands before it. */
export const PROPOSERS: readonly { readonly name: string; readonly propose: Proposer }[] = [
  { name: "quarantine", propose: proposeQuarantine },
  { name: "links", propose: proposeLinks },
  { name: "archive", propose: proposeArchive },
];
