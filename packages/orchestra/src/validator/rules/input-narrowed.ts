import { schemaFields, type SchemaField } from '../../syntax/schema-fields';
import { defineRule, type FilePair, type RuleLoss } from '../define-rule';

/**
 * Turning an answer into a refusal makes a report go away as well as mending it does, and a test that wants the refusal proves it.
 * A check or a bound that is new is not told: that is how missing validation is mended. A kind of value that is read otherwise is
 * not told either: which of two parsers takes more cannot be read from their names.
 */
export const inputNarrowed = defineRule<undefined>({
  name: 'input-narrowed',
  family: 'input',
  settings: () => undefined,
  losses: (pairs) => pairs.flatMap(narrower),
});

/** What is sent, and not what is taken. */
const answers = /response|reply|output|result/i;

function narrower({ change, base, head }: FilePair): readonly RuleLoss[] {
  if (base === undefined || head === undefined) return [];
  const before = byName(schemaFields(base));
  return [...byName(schemaFields(head))].flatMap(([name, field]) => {
    const old = before.get(name);
    const because = old === undefined || old.text === field.text || answers.test(field.schema) ? [] : [...fewerValues(old, field), ...askedFor(old, field), ...tighter(old, field)];
    return because.length === 0 ? [] : [{ path: change.path, where: name, range: field.range, because: `"${name}" ${because.join(', ')}: some of what was taken is refused from now on.` }];
  });
}

/** Alternatives of a union share their fields' names: what one of them takes is taken. */
function byName(fields: readonly SchemaField[]): ReadonlyMap<string, SchemaField> {
  const found = new Map<string, SchemaField>();
  for (const field of fields) {
    const name = field.field === '' ? field.schema : `${field.schema}.${field.field}`;
    const other = found.get(name);
    found.set(name, other === undefined ? field : eitherOf(other, field));
  }
  return found;
}

function eitherOf(one: SchemaField, other: SchemaField): SchemaField {
  const { values: _one, ...rest } = one;
  const values = one.values === undefined || other.values === undefined ? undefined : [...new Set([...one.values, ...other.values])];
  return { ...rest, required: one.required && other.required, kinds: [...one.kinds, ...other.kinds], bounds: new Map(), text: `${one.text}\n${other.text}`, ...(values === undefined ? {} : { values }) };
}

function fewerValues(before: SchemaField, after: SchemaField): readonly string[] {
  if (after.values === undefined) return [];
  const listed = after.values.join(', ');
  if (before.values !== undefined) {
    const gone = before.values.filter((value) => !after.values?.includes(value));
    return gone.length === 0 ? [] : [`no longer takes ${gone.join(', ')}`];
  }
  return isWholeBoolean(before, after.values) ? [] : [`takes ${listed} alone, and took ${before.text.slice(0, 80)}`];
}

/** A list of both answers is a way to read a yes or no from text. */
function isWholeBoolean({ kinds }: SchemaField, values: readonly string[]): boolean {
  const has = (value: string): boolean => values.includes(value) || values.includes(`'${value}'`);
  return (kinds.includes('boolean') || kinds.includes('stringbool')) && has('true') && has('false');
}

function askedFor(before: SchemaField, after: SchemaField): readonly string[] {
  return !before.required && after.required ? ['can no longer be left out'] : [];
}

const lower = new Set(['min', 'gt', 'gte']);

function tighter(before: SchemaField, after: SchemaField): readonly string[] {
  return [...after.bounds].flatMap(([name, limit]) => {
    const old = before.bounds.get(name);
    const same = old === undefined || (lower.has(name) ? limit <= old : name === 'length' ? limit === old : limit >= old);
    return same ? [] : [`has ${name} ${limit} instead of ${old}`];
  });
}
