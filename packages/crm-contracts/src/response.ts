import { z } from 'zod';
import { pageSchema } from './pagination';

/** One thing: `{ status: 'success', data: {…} }`. */
export const itemResponse = <T extends z.ZodType>(item: T) => z.object({ status: z.literal('success'), data: item });

/** Many things: `{ status: 'success', data: […], page: { total, limit, offset } }`. */
export const listResponse = <T extends z.ZodType>(item: T) =>
  z.object({ status: z.literal('success'), data: z.array(item), page: pageSchema });
