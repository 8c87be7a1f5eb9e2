/** What a credential may do; each operation needs one of them, and none implies another. */
export const SCOPES = ["read", "write", "feedback", "curate", "admin"] as const;
export type AccessScope = (typeof SCOPES)[number];
