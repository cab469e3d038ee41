/** A row in an answer. */
export type Item = Readonly<Record<string, unknown>>;

export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; undefined when there is none. */
  readonly body: unknown;
  /** `body.data` of a single thing; empty when the answer is an error. */
  readonly item: Item;
  /** `body.data` of a list; empty when the answer is an error. */
  readonly items: readonly Item[];
}

/** HTTP as one caller. Paths begin with `/api/`. */
export interface ApiClient {
  get(path: string): Promise<ApiResponse>;
  post(path: string, body?: unknown): Promise<ApiResponse>;
  patch(path: string, body: unknown): Promise<ApiResponse>;
  delete(path: string): Promise<ApiResponse>;
}

export function createApiClient(url: string, headers: Readonly<Record<string, string>>): ApiClient {
  const send = async (method: string, path: string, body?: unknown): Promise<ApiResponse> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, ...readBody(text) };
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    patch: (path, body) => send('PATCH', path, body),
    delete: (path) => send('DELETE', path),
  };
}

function readBody(text: string): Pick<ApiResponse, 'body' | 'item' | 'items'> {
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  const data = isItem(body) ? body['data'] : undefined;
  return { body, item: isItem(data) ? data : {}, items: Array.isArray(data) ? data.filter(isItem) : [] };
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
