/** GET /requests: what this server answered, for whoever looks over a client's shoulder. */
import { beforeAll, describe, expect, it } from "vitest";

import { tenant, type Tenant } from "../support/tenant";

let t: Tenant;
beforeAll(async () => {
  t = await tenant();
});

const listed = async (query = "") => (await t.owner.get(`/requests${query}`)).as("requests.list").items;

describe("the latest requests", () => {
  it("are listed with what each came to, the newest first, and none of its words", async () => {
    await t.remember("Zanzibar is where the archive lies");
    (await t.owner.get("/memories/00000000-0000-7000-8000-000000000000")).problem("not_found");
    const [newest, before] = await listed();
    expect(newest).toMatchObject({ operation: "memories.get", status: 404 });
    expect(before).toMatchObject({ operation: "memories.create", status: 201 });
    expect(JSON.stringify(await listed())).not.toContain("Zanzibar");
  });

  it("can be those of one client alone", async () => {
    const reader = await t.keyWith(["read"]);
    await reader.get("/memories");
    const [own] = await listed();
    expect(own?.operation).toBe("memories.list");
    const actor = encodeURIComponent(own?.actor ?? "");
    expect((await listed(`?actor=${actor}`)).map(({ operation }) => operation)).toEqual(["memories.list"]);
  });

  it("are never another workspace's", async () => {
    await t.remember("kept here");
    const other = await tenant();
    const items = (await other.owner.get("/requests")).as("requests.list").items;
    expect(items.filter(({ operation }) => operation === "memories.create")).toEqual([]);
  });
});
