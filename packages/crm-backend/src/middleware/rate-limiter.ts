import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { HttpError } from '../http/http-error';

export interface RateLimit {
  /** Requests per address and window. */
  readonly max: number;
  readonly windowMs: number;
}

/** Counts per address, in this process. */
export function createLimiter({ max, windowMs }: RateLimit): RequestHandler {
  return rateLimit({
    limit: max,
    windowMs,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, _res, next) => next(new HttpError('too_many_requests', 'Too many requests, try again later.')),
  });
}
