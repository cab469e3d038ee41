import type { RuleFixture } from './rule-fixture';

const query = `
import { z } from 'zod';
import { pageSchema } from './page';

export const noteListSchema = pageSchema.extend({
  closed: z.coerce.boolean().default(false),
  order: z.enum(['title', 'created_at']).default('title'),
  owner: z.uuid().optional(),
  limit: z.coerce.number().max(100).default(20),
  place: z.discriminatedUnion('kind', [z.object({ kind: z.literal('shelf') }), z.object({ kind: z.literal('box') })]).optional(),
});
export const noteResponseSchema = z.object({ state: z.enum(['open', 'closed']) });
`;

const body = `
import Joi from 'joi';

export const noteSchema = Joi.object({
  title: Joi.string().max(200).required(),
  colour: Joi.string().valid('red', 'green'),
});
`;

const visit = `
import { object, string } from 'yup';

export const visitSchema = object({
  title: string().max(200).required(),
  place: string().oneOf(['home', 'office']),
});
`;

const at = { path: 'packages/contracts/src/note.ts', base: query, severity: 'person' as const, rule: 'input-narrowed', debt: query.replace("'title', 'created_at'", "'title', 'created_at', 'closed_at'") };

export const inputNarrowedFixtures: readonly RuleFixture[] = [
  {
    ...at,
    bad: query.replace('z.coerce.boolean().default(false)', "z.literal('true').optional().transform((flag) => flag === 'true')"),
    good: query.replace('z.coerce.boolean().default(false)', "z.enum(['true', 'false']).default('false').transform((flag) => flag === 'true')"),
    where: 'noteListSchema.closed',
  },
  { ...at, bad: query.replace("'shelf'", "'box'"), good: query.replace("'open', 'closed'", "'open'"), where: 'noteListSchema.place.kind' },
  { ...at, bad: query.replace("'title', 'created_at'", "'title'"), good: query.replace('pageSchema', "pageSchema.pick({ owner: true })"), where: 'noteListSchema.order' },
  { ...at, bad: query.replace("'title', 'created_at'", "'title'"), good: query.replace('z.coerce.boolean()', 'z.stringbool()'), where: 'noteListSchema.order' },
  { ...at, bad: query.replace('z.uuid().optional()', 'z.uuid()'), good: query.replace('z.uuid().optional()', 'z.uuid().nullish()'), where: 'noteListSchema.owner' },
  { ...at, bad: query.replace('max(100)', 'max(10)'), good: query.replace('max(100)', 'min(1).max(500)'), where: 'noteListSchema.limit' },
  // The same in other words.
  { ...at, bad: query.replace("z.enum(['title', 'created_at'])", "z.enum(['title'] as const)"), good: query.replace("z.enum(['title', 'created_at'])", "z.enum(['created_at', 'title'] as const)"), where: 'noteListSchema.order' },
  {
    ...at, where: 'noteListSchema.order',
    bad: query.replace('export', "const orders = ['title'] as const;\nexport").replace("['title', 'created_at']", 'orders'),
    good: query.replace('export', "const orders = ['title', 'created_at', 'colour'] as const;\nexport").replace("['title', 'created_at']", 'orders'),
  },
  { ...at, bad: query.replace("'created_at'])", "'created_at']).exclude(['created_at'])"), good: query.replace("'created_at'])", "'created_at']).extract(['title', 'created_at'])"), where: 'noteListSchema.order' },
  { ...at, bad: query.replace("'created_at'])", "'created_at']).pipe(z.enum(['title']))"), good: query.replace("'created_at'])", "'created_at']).pipe(z.string())"), where: 'noteListSchema.order' },
  { ...at, bad: query.replace('max(100)', 'lte(10).max(100)'), good: query.replace('max(100)', 'lte(100)'), where: 'noteListSchema.limit' },
  { ...at, bad: query.replace('optional(),\n});', 'optional(),\n}).required();'), good: query.replace('optional(),\n});', 'optional(),\n}).partial();'), where: 'noteListSchema' },
  {
    rule: 'input-narrowed', path: 'packages/contracts/src/note.js', base: body, severity: 'person', where: 'noteSchema.colour',
    debt: body.replace('max(200)', 'max(300)'),
    bad: body.replace("valid('red', 'green')", "valid('red', 'green').required()"),
    good: body.replace("valid('red', 'green')", "valid('red').valid('green', 'blue')"),
  },
  {
    rule: 'input-narrowed', path: 'packages/contracts/src/visit.ts', base: visit, severity: 'person', where: 'visitSchema.place',
    debt: visit.replace('max(200)', 'max(300)'),
    bad: visit.replace("oneOf(['home', 'office'])", "oneOf(['office'])"),
    good: visit.replace("oneOf(['home', 'office'])", "oneOf(['home', 'office', 'other'])"),
  },
];
