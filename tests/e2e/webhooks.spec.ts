/**
 * A webhook is made, tested and paused from the page, and an address it must not go to is refused with words. The receiver
 * is a real server on this machine, which checks the signature with the secret that the page showed.
 */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

import { expect, test } from "@/tests/support/browser-test";

import { openWorkspace } from "../support/e2e-workspace";

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

test("a webhook is made, takes a signed test, is paused and goes on", async ({ page }) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number }; // it listens on a port and not on a pipe
  const workspace = await openWorkspace("Of webhooks");
  await workspace.signIn(page);
  await page.goto("/settings?tab=webhooks");
  let secret = "";
  await test.step("an address it must not go to is refused, a good one is taken", async () => {
    await page.getByRole("button", { name: "New webhook" }).click();
    await page.getByLabel("Address").fill("http://169.254.169.254/latest");
    await page.getByRole("button", { name: "Make it" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await page.getByLabel("Address").fill(`http://127.0.0.1:${port}/hook`);
    await page.getByLabel("Name").fill("Receiver");
    await page.getByRole("button", { name: "Make it" }).click();
    await expect(page.getByRole("heading", { name: "Copy the secret now" })).toBeVisible();
    secret = ((await page.locator("pre").filter({ hasText: "whsec_" }).textContent()) ?? "").trim();
    await page.getByRole("button", { name: "I have copied it" }).click();
  });
  await test.step("the test arrives, signed with that secret, and stands in the log", async () => {
    await page.getByRole("button", { name: "Test Receiver" }).click();
    const log = page.getByRole("list", { name: "Messages, newest first" });
    await expect(log).toContainText("webhook.test");
    await expect(log).toContainText("answered 204");
    const [message] = received;
    const {
      "webhook-id": id,
      "webhook-timestamp": at,
      "webhook-signature": signature,
    } = message?.headers ?? {};
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const mac = createHmac("sha256", key).update(`${String(id)}.${String(at)}.${message?.body}`);
    expect(signature).toBe(`v1,${mac.digest("base64")}`);
  });
  await test.step("a message is sent again under the id it had", async () => {
    await page.getByRole("button", { name: "Send again webhook.test" }).click();
    await expect.poll(() => received.length).toBe(2);
    expect(received[1]?.headers["webhook-id"]).toBe(received[0]?.headers["webhook-id"]);
  });
  await test.step("paused it is told nothing, and all of it once it goes on", async () => {
    await page.getByRole("button", { name: "Pause Receiver" }).click();
    await expect(page.getByText("Paused", { exact: true })).toBeVisible();
    await workspace.post("/memories", { content: "Written while nobody was told." });
    await page.getByRole("button", { name: "Go on Receiver" }).click();
    await expect.poll(() => received.some(({ body }) => body.includes("change.create"))).toBe(true);
  });
  server.closeAllConnections();
  server.close();
});
