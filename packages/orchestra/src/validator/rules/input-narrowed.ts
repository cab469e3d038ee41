import { lowerBounds, schemaFields, type SchemaField } from '../../syntax/schema-fields';
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
  const found = new Map<string, SchemaField[]>();
  for (const field of fields) {
    const name = field.field === '' ? field.schema : `${field.schema}.${field.field}`;
    const known = found.get(name);
    if (known === undefined) found.set(name, [field]);
    else known.push(field);
  }
  return new Map([...found].map(([name, all]) => [name, anyOf(all)] as const));
}

/** In one pass: a union may have as many alternatives as a file has lines. */
function anyOf(all: readonly SchemaField[]): SchemaField {
  const [first, second] = all;
  if (first === undefined) throw new Error('a name without its field');
  if (second === undefined) return first;
  const { values: _one, ...rest } = first;
  const listed = all.flatMap(({ values }) => (values === undefined ? [] : [values]));
  const values = listed.length === all.length ? [...new Set(listed.flat())] : undefined;
  return {
    ...rest, required: all.every(({ required }) => required), calls: [...new Set(all.flatMap(({ calls }) => calls))], bounds: new Map(), text: all.map(({ text }) => text).join('\n'),
    ...(values === undefined ? {} : { values }),
  };
}

const mostShown = 10;

function shown(values: readonly string[]): string {
  const some = values.slice(0, mostShown).map((value) => value.slice(0, 80)).join(', ');
  return values.length > mostShown ? `${some} and ${values.length - mostShown} more` : some;
}

function fewerValues(before: SchemaField, after: SchemaField): readonly string[] {
  if (after.values === undefined) return [];
  if (before.values !== undefined) {
    const taken = new Set(after.values);
    const gone = before.values.filter((value) => !taken.has(value));
    return gone.length === 0 ? [] : [`no longer takes ${shown(gone)}`];
  }
  return isWholeBoolean(before, after.values) ? [] : [`takes ${shown(after.values)} alone, and took ${before.text.slice(0, 80)}`];
}

/** A list of both answers is a way to read a yes or no from text. */
function isWholeBoolean({ calls }: SchemaField, values: readonly string[]): boolean {
  const has = (value: string): boolean => values.includes(value) || values.includes(`'${value}'`);
  return (calls.includes('boolean') || calls.includes('stringbool')) && has('true') && has('false');
}

function askedFor(before: SchemaField, after: SchemaField): readonly string[] {
  // `.partial()` and `.required()` say it of all fields of an object at once.
  const ofAll = (before.calls.includes('partial') && !after.calls.includes('partial')) || (!before.calls.includes('required') && after.calls.includes('required') && after.required);
  return (!before.required && after.required) || ofAll ? ['can no longer be left out'] : [];
}

function tighter(before: SchemaField, after: SchemaField): readonly string[] {
  return [...after.bounds].flatMap(([name, limit]) => {
    const old = before.bounds.get(name);
    const same = old === undefined || (lowerBounds.has(name) ? limit <= old : name === 'length' ? limit === old : limit >= old);
    return same ? [] : [`has ${name} ${limit} instead of ${old}`];
  });
}
