import { z } from 'zod';
import { HttpError } from './http-error';

/** The part of a request that `schema` describes. @throws HttpError 400 with every fault at once. */
export function parseRequest<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new HttpError('invalid_request', 'The request is not valid.', details);
}

/** `:id` of a path. */
export const parseId = (params: Readonly<Record<string, unknown>>): string =>
  parseRequest(z.object({ id: z.uuid() }), params).id;
