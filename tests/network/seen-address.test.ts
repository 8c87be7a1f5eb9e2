/** Whose guesses are counted: without it anybody could claim a new address with every guess. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { addressOf } from "@/lib/transport/host";

const asked = (hops: string | null) =>
  new Request("http://127.0.0.1/", hops === null ? {} : { headers: { "x-forwarded-for": hops } });

describe("the address of a request", () => {
  it.each([
    ["what the socket saw", "203.0.113.9", "203.0.113.9"],
    ["and not what the sender wrote before it", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
    ["what a proxy on this machine noted", "198.51.100.1, 203.0.113.9, 127.0.0.1", "203.0.113.9"],
    ["or two of a private network", "203.0.113.9, 10.1.2.3, 192.168.0.4", "203.0.113.9"],
    ["in either family", "2001:db8::7, fd00::1, ::1", "2001:db8::7"],
    ["also where a socket puts one into the other", "203.0.113.9, ::ffff:127.0.0.1", "203.0.113.9"],
    ["that of a neighbour, when nobody else is named", "192.168.0.7", "192.168.0.7"],
    ["unknown without any", null, "unknown"],
    ["unknown where nothing is an address", "somebody, ,", "unknown"],
  ])("is %s", (_, hops, address) => {
    expect(addressOf(asked(hops))).toBe(address);
  });
});

describe("the web server's preload", () => {
  const echo = `import { createServer } from "node:http";
    const server = createServer((request, response) => response.end(String(request.headers["x-forwarded-for"])));
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const server = spawn(
    process.execPath,
    ["--import", "./scripts/seen-address.mjs", "--input-type=module", "--eval", echo],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let address = "";
  beforeAll(async () => {
    const [port] = await once(server.stdout, "data");
    address = `http://127.0.0.1:${String(port).trim()}/`;
  });
  afterAll(() => server.kill());

  it("notes who is at the other end, behind whatever the request says of itself", async () => {
    const told = async (headers: Record<string, string>) => (await fetch(address, { headers })).text();
    expect(await told({})).toBe("127.0.0.1");
    expect(await told({ "x-forwarded-for": "203.0.113.9" })).toBe("203.0.113.9, 127.0.0.1");
  });
});
