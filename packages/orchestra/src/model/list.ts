import * as z from './zod';

/** An array nobody may change after it was built: zod's own `.readonly()` on an object is shallow. */
export function list<T extends z.ZodType>(element: T) {
  return z.array(element).readonly();
}

/** 1-based, inclusive. */
export const lineRangeSchema = z.tuple([z.number().int(), z.number().int()]).readonly();
