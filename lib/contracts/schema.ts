import { z } from "zod";

/** What judges an input or an answer, and one fault it found; other rooms know schemas by these names alone. */
export type Schema = z.ZodType;
export type SchemaIssue = z.core.$ZodIssue;

/** The schema as JSON Schema 2020-12, as what goes in or what comes out; `{}` stands for what JSON Schema cannot say. */
export function jsonSchemaOf(schema: Schema, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
