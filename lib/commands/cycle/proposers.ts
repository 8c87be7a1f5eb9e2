import type { Proposer } from "./proposer";

/** Who proposes, in the order in which they are asked; one that another builds upon stands before it. */
export const PROPOSERS: readonly { readonly name: string; readonly propose: Proposer }[] = [];
