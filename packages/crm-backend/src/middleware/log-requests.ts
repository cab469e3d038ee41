import type { RequestHandler } from 'express';
import type { Logger } from '../logger';

/** One line per request once it is answered. */
export function createRequestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    res.on('finish', () => {
      log.info(`[RequestLog] ${req.method} ${req.originalUrl} ${res.statusCode}`, { tenant: req.tenant?.id, user: req.user?.id });
    });
    next();
  };
}
