type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A JSON Schema as a TypeScript type, as far as our contracts use JSON Schema: what it does not know becomes `unknown`, which is
 * true of everything. The only schemas that refer to themselves are those of any JSON.
 */
export function typeOf(schema: unknown): string {
  if (typeof schema !== "object" || schema === null) return "unknown";
  const { $ref, const: constant, enum: values, anyOf, oneOf, allOf, type } = schema as JsonSchema; // any object that is not null
  if ($ref !== undefined) return "Json";
  if (constant !== undefined) return JSON.stringify(constant);
  if (Array.isArray(values)) return union(values.map((value) => JSON.stringify(value)));
  if (Array.isArray(anyOf) || Array.isArray(oneOf)) return union([anyOf ?? oneOf].flat().map(typeOf));
  if (Array.isArray(allOf)) return allOf.map(typeOf).join(" & ");
  if (Array.isArray(type)) return union(type.map((one: unknown) => typeOf({ ...schema, type: one })));
  return plain(schema as JsonSchema, type); // the same object
}

function plain(schema: JsonSchema, type: unknown): string {
  switch (type) {
    case "string":
    case "boolean":
    case "null":
      return type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return `${bracketed(typeOf(schema.items))}[]`;
    case "object":
      return objectType(schema);
    default:
      return "unknown";
  }
}

function objectType({ properties, required, additionalProperties: others }: JsonSchema): string {
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(Object(properties)).map(([name, schema]) => {
    const type = typeOf(schema);
    return `readonly ${JSON.stringify(name)}${needed.has(name) ? "" : "?"}: ${needed.has(name) ? type : `${type} | undefined`}`;
  });
  const isOpen = typeof others === "object" && others !== null && fields.length === 0;
  return `{ ${[...fields, ...(isOpen ? [`[key: string]: ${typeOf(others)}`] : [])].join("; ")} }`;
}

const union = (types: readonly string[]): string => [...new Set(types)].join(" | ") || "never";
const bracketed = (type: string): string => (/[|&]/u.test(type) ? `(${type})` : type);
