import type { Problem } from "@/lib/contracts/problem";

/** A code of the API, or `network` when no answer of the API came at all. */
export type ApiErrorCode = Problem["code"] | "network";

export interface ApiErrorFields {
  readonly code: ApiErrorCode;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly requestId: string | null;
  /** Further members of the problem, such as the change that moved the target of a 409. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A refusal of the server, as it stated it. Its message is fit for a person. */
export class ApiError extends Error {
  readonly fields: ApiErrorFields;

  constructor(fields: ApiErrorFields) {
    super(fields.detail || fields.title);
    this.name = "ApiError";
    this.fields = fields;
  }

  get code(): ApiErrorCode {
    return this.fields.code;
  }

  get status(): number {
    return this.fields.status;
  }

  get requestId(): string | null {
    return this.fields.requestId;
  }

  get errors(): ApiErrorFields["errors"] {
    return this.fields.errors;
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError;
}

/** Worth trying again without a change: nobody answered, or the server was not itself. */
export function isPassing(error: unknown): boolean {
  return isApiError(error) && ["network", "unavailable", "internal", "rate_limited"].includes(error.code);
}

export async function errorFromResponse(response: Response): Promise<ApiError> {
  const stated = await readObject(response);
  const { code, title, detail, errors, requestId, type: _type, status: _status, ...extra } = stated;
  return new ApiError({
    code: isCode(code) ? code : codeOfStatus(response.status),
    status: response.status,
    title: textOr(title, response.statusText),
    detail: textOr(detail, `The server answered ${response.status}.`),
    errors: Array.isArray(errors) ? errors.filter(isFieldError) : [],
    requestId: textOr(requestId, response.headers.get("x-request-id") ?? "") || null,
    extra,
  });
}

export function errorFromThrow(thrown: unknown): ApiError {
  return new ApiError({
    code: "network",
    status: 0,
    title: "No answer",
    detail: "The server cannot be reached. Is it still running?",
    errors: [],
    requestId: null,
    // How the browser words it helps nobody who reads the page, but whoever looks into it.
    extra: { thrown: thrown instanceof Error ? thrown.message : String(thrown) },
  });
}

/** Each code of the API, once: the compiler asks for a new one here. */
const codes: Readonly<Record<Problem["code"], number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  erased: 410,
  too_large: 413,
  misdirected: 421,
  not_reversible: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
};

function isCode(code: unknown): code is Problem["code"] {
  return typeof code === "string" && Object.hasOwn(codes, code);
}

/** A proxy before the server answers without a problem document; its status still says what kind of failure it is. */
function codeOfStatus(status: number): Problem["code"] {
  const found = Object.entries(codes).find(([, known]) => known === status)?.[0];
  if (isCode(found)) return found;
  return status === 502 || status === 504 ? "unavailable" : "internal";
}

async function readObject(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const parsed: unknown = await response.json();
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function textOr(given: unknown, otherwise: string): string {
  return typeof given === "string" && given !== "" ? given : otherwise;
}

function isFieldError(entry: unknown): entry is { path: string; message: string } {
  return (
    typeof entry === "object" &&
    entry !== null &&
    typeof Reflect.get(entry, "path") === "string" &&
    typeof Reflect.get(entry, "message") === "string"
  );
}
