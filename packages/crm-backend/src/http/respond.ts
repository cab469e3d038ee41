import { itemResponse, listResponse, type PaginationQuery } from '@aisha/crm-contracts';
import type { Response } from 'express';
import type { z } from 'zod';
import type { Row } from '../database/connection';

/** Answers with one row as its contract shows it: columns the contract does not name never leave. */
export function sendItem(res: Response, schema: z.ZodType, row: unknown, status: 200 | 201 = 200): void {
  res.status(status).json(itemResponse(schema).parse({ status: 'success', data: row }));
}

export function sendList(
  res: Response,
  schema: z.ZodType,
  rows: readonly Row[],
  { total, limit, offset }: PaginationQuery & { readonly total: number | null },
): void {
  res.json(listResponse(schema).parse({ status: 'success', data: rows, page: { total, limit, offset } }));
}
