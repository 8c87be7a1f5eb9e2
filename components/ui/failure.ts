/** What can be told to a person about something that was thrown, whatever it was. */
export interface Failure {
  readonly message: string;
  readonly code: string | null;
  /** What a person quotes when asking for help; the server's log has the same. */
  readonly requestId: string | null;
}

export function describeFailure(error: unknown): Failure {
  if (typeof error !== "object" || error === null) {
    return {
      message: typeof error === "string" ? error : "Something went wrong.",
      code: null,
      requestId: null,
    };
  }
  return {
    message: textOf(error, "detail") ?? textOf(error, "message") ?? "Something went wrong.",
    code: textOf(error, "code"),
    requestId: textOf(error, "requestId"),
  };
}

function textOf(source: object, field: string): string | null {
  const found: unknown = Reflect.get(source, field);
  return typeof found === "string" && found !== "" ? found : null;
}
