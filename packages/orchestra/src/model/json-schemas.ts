import * as z from './zod';
import { orchestrationGoalSchema } from './goal';
import { policySchema } from './policy';

/** File name → JSON Schema, for editors. Input side: a person may leave out what has a default. */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return { 'goal.schema.json': toSchema(orchestrationGoalSchema), 'orchestra.schema.json': toSchema(policySchema) };
}

/** zod says `readOnly` of every frozen value; in a schema for a file that a person writes it would be misleading. */
function toSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema }) => void delete jsonSchema.readOnly });
}
