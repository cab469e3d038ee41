import { type ErrorCode, errorEnvelopeSchema } from '@aisha/crm-contracts';

/** An answer that is not a success. The message is meant for people. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode | 'unreachable',
    message: string,
  ) {
    super(message);
  }
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Begins with `/api/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** The tenant to act in; without one, the caller's own. */
  readonly tenantId?: string;
}

/** The parsed body of a success; undefined when there is none. @throws ApiError */
export type HttpClient = (request: ApiRequest) => Promise<unknown>;

export function createHttpClient(options: {
  readonly backendUrl: string;
  readonly token: string | undefined;
  readonly fetch: typeof fetch;
}): HttpClient {
  return async ({ method = 'GET', path, query = {}, body, tenantId }) => {
    const url = `${options.backendUrl}${path}${queryString(query)}`;
    const headers = {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(tenantId === undefined ? {} : { 'x-tenant-id': tenantId }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await options.fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).catch(() => {
      throw new ApiError('unreachable', 'The server cannot be reached.');
    });
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    throw refusal(text);
  };
}

function queryString(query: NonNullable<ApiRequest['query']>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function refusal(text: string): ApiError {
  try {
    const { error } = errorEnvelopeSchema.parse(JSON.parse(text));
    const details = (error.details ?? []).map(({ path, message }) => ` ${path}: ${message}.`).join('');
    return new ApiError(error.code, `${error.message}${details}`);
  } catch {
    return new ApiError('internal', 'The server gave an answer that makes no sense.');
  }
}
