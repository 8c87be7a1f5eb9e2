import type { Asker } from "./asker";

export const listProposals = (_ctx: Asker) => Promise.resolve({ items: [], nextCursor: null, total: 0 });
