/** JSON Schema as far as our reference uses it, and how a person would say it. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean | null;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
}

export type Definitions = Readonly<Record<string, JsonSchema>>;

/** More alternatives than this say no more than "anything". */
const MOST_ALTERNATIVES = 5;
/** A whole number without a limit of its own carries the limits of the number format, which tell nobody anything. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** What a reference stands for; a name that is not known stands for anything. */
export function resolve(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  return { ...definitions[$ref.split("/").at(-1) ?? ""], ...beside };
}

/** The type in a few words: "text", "list of object", "number 0…1", "fact | preference". */
export function typeText(schema: JsonSchema, definitions: Definitions): string {
  const known = resolve(schema, definitions);
  const choices = alternatives(known);
  if (choices.length > 0) {
    const texts = [...new Set(choices.map((choice) => typeText(choice, definitions)))];
    return texts.length > MOST_ALTERNATIVES ? "any JSON" : texts.join(" or ");
  }
  if (known.const !== undefined) return JSON.stringify(known.const);
  if (known.enum !== undefined) return known.enum.map(String).join(" | ");
  switch (known.type) {
    case "array":
      return listText(known, definitions);
    case "object":
      return known.properties === undefined && known.additionalProperties ? "map" : "object";
    case "string":
      return known.format === "date-time" || known.format === "date" ? known.format : "text";
    case "integer":
    case "number":
      return `${known.type === "integer" ? "whole number" : "number"}${rangeText(known)}`;
    case "boolean":
      return "true or false";
    case undefined:
      return "any JSON";
    default:
      return known.type;
  }
}

function listText(list: JsonSchema, definitions: Definitions): string {
  if (list.prefixItems !== undefined) return `list of exactly ${list.prefixItems.length}`;
  // A list of what it is itself made of would never end in words.
  if (list.items === undefined || list.items.$ref !== undefined) return "list";
  return `list of ${typeText(list.items, definitions)}`;
}

function rangeText({ minimum, maximum }: JsonSchema): string {
  const low = minimum !== undefined && minimum > -NO_LIMIT ? minimum : null;
  const high = maximum !== undefined && maximum < NO_LIMIT ? maximum : null;
  if (low !== null && high !== null) return ` ${low}…${high}`;
  if (low !== null) return ` from ${low}`;
  return high === null ? "" : ` to ${high}`;
}

/** The limits that the type's own words leave out. */
export function limitTexts(schema: JsonSchema): readonly string[] {
  return [
    ...(schema.maxLength === undefined ? [] : [`at most ${schema.maxLength} characters`]),
    ...(schema.maxItems === undefined ? [] : [`at most ${schema.maxItems}`]),
    ...((schema.minItems ?? 0) > 0 ? [`at least ${schema.minItems}`] : []),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ];
}

export interface SchemaField {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** The fields that lie inside: of an object, of what a list holds, or of the only alternative that has any. */
export function fieldsOf(schema: JsonSchema, definitions: Definitions): readonly SchemaField[] {
  const known = resolve(schema, definitions);
  if (known.properties !== undefined) {
    return Object.entries(known.properties).map(([name, field]) => ({
      name,
      schema: field,
      required: known.required?.includes(name) ?? false,
    }));
  }
  if (known.items !== undefined && known.items.$ref === undefined) return fieldsOf(known.items, definitions);
  const inside = alternatives(known)
    .filter((choice) => choice.$ref === undefined)
    .map((choice) => fieldsOf(choice, definitions))
    .filter((fields) => fields.length > 0);
  if (inside.length > 1) return mergedFields(inside);
  if (inside[0] !== undefined) return inside[0];
  const values = known.additionalProperties;
  return typeof values === "object" && values.properties !== undefined ? fieldsOf(values, definitions) : [];
}

/** Alternatives side by side: a field is required only where every one of them requires it. */
function mergedFields(alternativesFields: readonly (readonly SchemaField[])[]): readonly SchemaField[] {
  const first = new Map(
    alternativesFields
      .flat()
      .map((field) => [field.name, field] as const)
      .reverse(),
  );
  const names = [...new Set(alternativesFields.flat().map(({ name }) => name))];
  return names.flatMap((name) => {
    const field = first.get(name);
    if (field === undefined) return [];
    const required = alternativesFields.every((fields) =>
      fields.some((one) => one.name === name && one.required),
    );
    return [{ ...field, required }];
  });
}

function alternatives({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] {
  return anyOf ?? oneOf ?? [];
}
