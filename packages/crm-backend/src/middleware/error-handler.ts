import type { ErrorEnvelope } from '@aisha/crm-contracts';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { HttpError } from '../http/http-error';
import type { Logger } from '../logger';

export const answerNotFound: RequestHandler = (req) => {
  throw new HttpError('not_found', `No route for ${req.method} ${req.path}.`);
};

/** The only place that writes an error. What nobody foresaw is logged with its stack and told to nobody. */
export function createErrorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const known = error instanceof HttpError ? error : refusedBody(error);
    if (known === undefined) log.error(`[ErrorHandler] ${req.method} ${req.originalUrl} failed`, error, { tenant: req.tenant?.id });
    const { status, code, message, details } = known ?? new HttpError('internal', 'Something went wrong on our side.');
    const envelope: ErrorEnvelope = {
      status: 'error',
      error: { code, message, ...(details.length > 0 ? { details: [...details] } : {}) },
    };
    res.status(status).json(envelope);
  };
}

/** The body parser's own errors: malformed JSON, too large, unknown encoding. All of them are the caller's. */
function refusedBody(error: unknown): HttpError | undefined {
  const isFromParser = error instanceof Error && 'type' in error && 'expose' in error && error.expose === true;
  return isFromParser ? new HttpError('invalid_request', 'The body cannot be read.') : undefined;
}
