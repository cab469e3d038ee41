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
  {
    rule: 'input-narrowed', path: 'packages/contracts/src/note.js', base: body, severity: 'person', where: 'noteSchema.colour',
    debt: body.replace('max(200)', 'max(300)'),
    bad: body.replace("valid('red', 'green')", "valid('red', 'green').required()"),
    good: body.replace("valid('red', 'green')", "valid('red', 'green', 'blue')"),
  },
];
