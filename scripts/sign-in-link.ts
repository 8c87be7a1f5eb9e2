/** A link that signs its holder in once, as the owner of the first workspace of the database in DATABASE_URL. */
export async function signInLink(address: string): Promise<string> {
  // Imported only when called, because the address of the database is settled while the program runs.
  const { issueLoginToken } = await import("@/lib/commands/issue-login-token");
  const { disconnect } = await import("@/lib/store/prisma");
  const token = await issueLoginToken();
  // An open pool would look like somebody who still uses the database.
  await disconnect();
  return `${address}/login?token=${token}`;
}
