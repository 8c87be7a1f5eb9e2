import { BlockList, isIP, isIPv4 } from "node:net";

/** What a program of ours may connect to. */
export type Reach = "public" | "public or loopback" | "all but metadata";

const PREFIXES = {
  /** Of this machine. */
  loopback: ["127.0.0.0/8", "::1/128"],
  /** Of a network that is nobody else's. */
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"],
  /** Clouds hand out credentials here, or nobody in earnest serves anything: link-local, multicast, reserved, translated. */
  never: [
    "0.0.0.0/8",
    "100.100.100.200/32",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "fd00:ec2::254/128",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
  ],
} as const;
type Kind = keyof typeof PREFIXES | "public";

const lists = {
  loopback: listOf(PREFIXES.loopback),
  private: listOf(PREFIXES.private),
  never: listOf(PREFIXES.never),
};

function listOf(prefixes: readonly string[]): BlockList {
  const list = new BlockList();
  for (const prefix of prefixes) {
    const [address = "", bits] = prefix.split("/");
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

const ALLOWED: Readonly<Record<Reach, ReadonlySet<Kind>>> = {
  public: new Set<Kind>(["public"]),
  "public or loopback": new Set<Kind>(["public", "loopback"]),
  "all but metadata": new Set<Kind>(["public", "loopback", "private"]),
};

/** `address` is an IP address in text; what is none is never allowed. */
export function isAllowed(address: string, reach: Reach): boolean {
  return isIP(address) !== 0 && ALLOWED[reach].has(kindOf(address));
}

export const isLoopback = (address: string): boolean => isIP(address) !== 0 && kindOf(address) === "loopback";

/** An IPv4 address in IPv6's clothes is judged as what it is. */
function kindOf(address: string): Kind {
  const family = familyOf(address);
  // Metadata addresses lie within private ranges too, so what is never allowed is looked for first.
  const kinds = ["never", "loopback", "private"] as const;
  return kinds.find((kind) => lists[kind].check(address, family)) ?? "public";
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}
