import type { ErrorCode, ErrorDetail } from '@aisha/crm-contracts';

const statusByCode: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many_requests: 429,
  internal: 500,
};

/** An answer that is not a success, thrown by whoever notices; the error handler writes it. */
export class HttpError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: readonly ErrorDetail[] = [],
  ) {
    super(message);
    this.status = statusByCode[code];
  }
}

export const notFound = (what: string): HttpError => new HttpError('not_found', `No such ${what}.`);
