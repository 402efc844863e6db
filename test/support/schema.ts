/** The keywords that our schemas use; `findFaults` throws on any other. */
export interface Schema {
  $schema?: string;
  $id?: string;
  $ref?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

type Check = (value: unknown, node: Schema, at: string, root: Schema) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      throw new Error(`type ${type} is not known here`);
  }
}

const countFitting = (value: unknown, nodes: Schema[], at: string, root: Schema): number =>
  nodes.filter((node) => findFaults(value, node, at, root).length === 0).length;

/** Keyword → what it refuses. As in the standard, a keyword says nothing about values of another type. */
const CHECKS: Partial<Record<keyof Schema, Check>> = {
  $ref: (value, { $ref = '' }, at, root) => {
    const target = root.$defs?.[$ref.replace('#/$defs/', '')];
    if (!target) throw new Error(`${$ref} leads nowhere`);
    return findFaults(value, target, at, root);
  },
  type: (value, { type = [] }, at) =>
    [type].flat().some((each) => isType(value, each)) ? [] : [`${at}: not ${[type].flat().join(' or ')}`],
  const: (value, node, at) => (value === node.const ? [] : [`${at}: not ${String(node.const)}`]),
  enum: (value, node, at) => (node.enum?.includes(value) ? [] : [`${at}: not one of the values`]),
  pattern: (value, { pattern = '' }, at) =>
    typeof value !== 'string' || new RegExp(pattern, 'u').test(value) ? [] : [`${at}: not like ${pattern}`],
  minimum: (value, { minimum = 0 }, at) =>
    typeof value !== 'number' || value >= minimum ? [] : [`${at}: below ${minimum}`],
  required: (value, { required = [] }, at) =>
    isObject(value) ? required.filter((key) => !(key in value)).map((key) => `${at}.${key}: missing`) : [],
  properties: (value, { properties = {} }, at, root) =>
    isObject(value)
      ? Object.entries(properties).flatMap(([key, node]) =>
          key in value ? findFaults(value[key], node, `${at}.${key}`, root) : [],
        )
      : [],
  additionalProperties: (value, { properties = {}, additionalProperties: others }, at, root) =>
    isObject(value)
      ? Object.keys(value)
          .filter((key) => !(key in properties))
          .flatMap((key) =>
            typeof others === 'object'
              ? findFaults(value[key], others, `${at}.${key}`, root)
              : others === false
                ? [`${at}.${key}: not known`]
                : [],
          )
      : [],
  items: (value, { items = {} }, at, root) =>
    Array.isArray(value)
      ? value.flatMap((each, index) => findFaults(each, items, `${at}[${index}]`, root))
      : [],
  oneOf: (value, { oneOf = [] }, at, root) =>
    countFitting(value, oneOf, at, root) === 1 ? [] : [`${at}: fits not exactly one form`],
  anyOf: (value, { anyOf = [] }, at, root) =>
    countFitting(value, anyOf, at, root) > 0 ? [] : [`${at}: fits no form`],
};

const ANNOTATIONS = new Set(['$schema', '$id', '$defs', 'title', 'description']);

/** Every place where a value breaks the schema; [] when it is valid. */
export function findFaults(value: unknown, node: Schema, at = '$', root = node): string[] {
  return (Object.keys(node) as (keyof Schema)[]).flatMap((keyword) => {
    if (ANNOTATIONS.has(keyword)) return [];
    const check = CHECKS[keyword];
    if (!check) throw new Error(`keyword ${keyword} is not known here`);
    return check(value, node, at, root);
  });
}

/** Keys of an object that have no description and need one. */
export const findUndescribed = (schema: Schema): string[] =>
  Object.entries({ $: schema, ...schema.$defs }).flatMap(([name, node]) =>
    [node, ...(node.oneOf ?? [])].flatMap(({ properties = {} }) =>
      Object.entries(properties)
        .filter(([, { description, $ref, const: fixed }]) => !description && !$ref && fixed === undefined)
        .map(([key]) => `${name}.${key}`),
    ),
  );
