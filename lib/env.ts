/**
 * The only reader of `process.env`. Each setting is parsed when it is asked for, so a wrong value stops
 * exactly the part that needs it, with a message that names the variable and the remedy.
 */
import { homedir } from "node:os";
import path from "node:path";

/** An environment variable that is missing or cannot be understood. */
export class EnvironmentError extends Error {
  readonly variable: string;

  constructor(variable: string, problem: string, remedy: string) {
    super(`${variable} ${problem}. ${remedy}`);
    this.name = "EnvironmentError";
    this.variable = variable;
  }
}

/** An OpenAI-compatible endpoint; `url` is its base, without a trailing slash. */
export interface ModelEndpoint {
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
}

/** An embedding endpoint also states the length of its vectors, because the stored ones must agree with it. */
export interface EmbeddingEndpoint extends ModelEndpoint {
  readonly dimensions: number;
}

/** Where people sign in with an account that they have elsewhere (OpenID Connect); `issuer` is without a trailing slash. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its button says. */
  readonly name: string;
}

const DEFAULT_PORT = 4747;
const HIGHEST_PORT = 65_535;
const SHORTEST_ADMIN_KEY = 8;
const MOST_DIMENSIONS = 16_384;
const HOURS_A_DAY = 24;
/** A browser that is used stays signed in at most so long; one on its own computer for longer than one that came by network. */
const LONGEST_SESSION_DAYS = { local: 30, open: 7, most: 365 };
const IDLE_SESSION_HOURS = { local: 30 * HOURS_A_DAY, open: HOURS_A_DAY, most: 365 * HOURS_A_DAY };
const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/** Names a child process needs to find its programs, temporary files and home, and nothing secret. */
const SYSTEM_VARIABLES = [
  "PATH",
  "HOME",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "windir",
  "USERPROFILE",
  "LOCALAPPDATA",
];

export const env = {
  /** The port the server listens on. */
  get port(): number {
    return integer("PORT", { min: 1, max: HIGHEST_PORT, fallback: DEFAULT_PORT });
  },

  /** The address the server binds to; the default is reachable from this computer only. */
  get host(): string {
    return text("HOST") ?? "127.0.0.1";
  },

  /** Whether nobody but this computer can reach the server. */
  get isLocalOnly(): boolean {
    return LOOPBACK.has(env.host);
  },

  /** The address people type, without a trailing slash; null: whatever a request says it came to. */
  get publicUrl(): string | null {
    return webAddress("PALIMPSEST_URL", "https://memory.example.org");
  },

  /** Hours after which a browser that was not used is signed out. */
  get sessionIdleHours(): number {
    const fallback = env.isLocalOnly ? IDLE_SESSION_HOURS.local : IDLE_SESSION_HOURS.open;
    return integer("PALIMPSEST_SESSION_IDLE_HOURS", { min: 1, max: IDLE_SESSION_HOURS.most, fallback });
  },

  /** Days after which a browser is signed out whatever it does. */
  get sessionDays(): number {
    const fallback = env.isLocalOnly ? LONGEST_SESSION_DAYS.local : LONGEST_SESSION_DAYS.open;
    return integer("PALIMPSEST_SESSION_DAYS", { min: 1, max: LONGEST_SESSION_DAYS.most, fallback });
  },

  /** The identity provider to sign in with, or null when there is none. */
  get identityProvider(): IdentityProvider | null {
    const issuer = webAddress("PALIMPSEST_OIDC_ISSUER", "https://accounts.example.org");
    if (issuer === null) return null;
    return {
      issuer,
      clientId: needed("PALIMPSEST_OIDC_CLIENT_ID", "PALIMPSEST_OIDC_ISSUER"),
      clientSecret: needed("PALIMPSEST_OIDC_CLIENT_SECRET", "PALIMPSEST_OIDC_ISSUER"),
      name: text("PALIMPSEST_OIDC_NAME") ?? new URL(issuer).host,
    };
  },

  /** Where traces are sent (OTLP over HTTP), or null for none. */
  get tracesEndpoint(): string | null {
    return webAddress("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
  },

  /** Under which name traces are sent. */
  get tracesService(): string {
    return text("OTEL_SERVICE_NAME") ?? "palimpsest";
  },

  /** The PostgreSQL server to use, or null for the embedded one. */
  get databaseUrl(): string | null {
    const value = text("DATABASE_URL");
    if (value === null) return null;
    if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
      throw new EnvironmentError(
        "DATABASE_URL",
        "is not a PostgreSQL address",
        "Write it as postgresql://user:password@host:5432/database, or unset it to use the embedded database.",
      );
    }
    return value;
  },

  /** Where the embedded database and other local files are kept; always absolute. */
  get dataDir(): string {
    // The remark keeps the bundler from taking the whole project for something this path might mean.
    return path.resolve(
      /*turbopackIgnore: true*/ text("PALIMPSEST_DATA_DIR") ?? path.join(userDataFolder(), "palimpsest"),
    );
  },

  /** A fixed key with every scope, for automation; null when only keys from the database are accepted. */
  get adminKey(): string | null {
    const value = text("PALIMPSEST_ADMIN_KEY");
    if (value !== null && value.length < SHORTEST_ADMIN_KEY) {
      throw new EnvironmentError(
        "PALIMPSEST_ADMIN_KEY",
        `has ${value.length} characters, which is too easy to guess`,
        `Use at least ${SHORTEST_ADMIN_KEY}, for example the output of: openssl rand -hex 24`,
      );
    }
    return value;
  },

  /** Whether `npm start` may open a browser. */
  get opensBrowser(): boolean {
    return !flag("PALIMPSEST_NO_OPEN");
  },

  /** Whether the improvement cycle runs by itself; cycles by button do not ask. */
  get cycleTimer(): boolean {
    const value = text("PALIMPSEST_CYCLE")?.toLowerCase() ?? "on";
    if (value === "on" || value === "off") return value === "on";
    throw new EnvironmentError("PALIMPSEST_CYCLE", `is "${value}"`, "Use on or off.");
  },

  /** The embedding model to call, or null for the one that ships with the product. */
  get embeddingEndpoint(): EmbeddingEndpoint | null {
    const endpoint = modelEndpoint("PALIMPSEST_EMBED");
    if (endpoint === null) return null;
    return {
      ...endpoint,
      dimensions: integer("PALIMPSEST_EMBED_DIMENSIONS", { min: 1, max: MOST_DIMENSIONS }),
    };
  },

  /** The language model to call, or null when the product works by rules alone. */
  get languageModelEndpoint(): ModelEndpoint | null {
    return modelEndpoint("PALIMPSEST_LLM");
  },

  /** The language model that reads names and relations out of texts, or null for rules without a model. */
  get extractionEndpoint(): ModelEndpoint | null {
    return modelEndpoint("PALIMPSEST_EXTRACT");
  },

  /** Whether this process serves built pages, as opposed to development or tests. */
  get isProduction(): boolean {
    return process.env.NODE_ENV === "production";
  },

  /** Whether a variable has a value, for pages that tell what decides a setting; never what the value is. */
  isSet(variable: string): boolean {
    return text(variable) !== null;
  },

  /** What a helper program inherits: enough to run, none of our keys. */
  get systemVariables(): Record<string, string> {
    return Object.fromEntries(
      SYSTEM_VARIABLES.flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
  },
};

/** An empty variable counts as unset, because shells and compose files cannot always leave one out. */
function text(variable: string): string | null {
  const value = process.env[variable]?.trim();
  return value === undefined || value === "" ? null : value;
}

function flag(variable: string): boolean {
  const value = text(variable)?.toLowerCase() ?? "0";
  if (["1", "true", "yes", "on"].includes(value)) return true;
  if (["0", "false", "no", "off"].includes(value)) return false;
  throw new EnvironmentError(variable, `is "${value}"`, "Use 1 or 0.");
}

function integer(variable: string, range: { min: number; max: number; fallback?: number }): number {
  const value = text(variable);
  const parsed = value === null ? range.fallback : Number(value);
  if (parsed !== undefined && Number.isInteger(parsed) && parsed >= range.min && parsed <= range.max)
    return parsed;
  throw new EnvironmentError(
    variable,
    value === null ? "is not set" : `is "${value}"`,
    `Use a whole number from ${range.min} to ${range.max}.`,
  );
}

/** An address of the web, without the slash at its end. */
function webAddress(variable: string, example: string): string | null {
  const value = text(variable);
  if (value === null) return null;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new EnvironmentError(variable, `is "${value}"`, `Use an address such as ${example}`);
  return value.replace(/\/+$/, "");
}

function needed(variable: string, because: string): string {
  const value = text(variable);
  if (value === null)
    throw new EnvironmentError(variable, `is not set although ${because} is`, "Set it too, or unset both.");
  return value;
}

function modelEndpoint(prefix: string): ModelEndpoint | null {
  const url = text(`${prefix}_URL`);
  if (url === null) return null;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new EnvironmentError(
      `${prefix}_URL`,
      `is "${url}"`,
      "Use the base address of the endpoint, such as http://127.0.0.1:11434/v1",
    );
  }
  const model = text(`${prefix}_MODEL`);
  if (model === null) {
    throw new EnvironmentError(
      `${prefix}_MODEL`,
      `is not set although ${prefix}_URL is`,
      "Name the model that the endpoint serves.",
    );
  }
  return { url: url.replace(/\/+$/, ""), model, key: text(`${prefix}_KEY`) };
}

function userDataFolder(): string {
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Application Support");
  if (process.platform === "win32") return text("LOCALAPPDATA") ?? path.join(homedir(), "AppData", "Local");
  const xdg = text("XDG_DATA_HOME");
  return xdg !== null && path.isAbsolute(xdg) ? xdg : path.join(homedir(), ".local", "share");
}
