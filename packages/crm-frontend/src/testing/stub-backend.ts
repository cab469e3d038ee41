import type { Contact, SignIn, Tenant } from '@aisha/crm-contracts';

export const birchwood: Tenant = { id: 'b1bc4000-0000-4000-8000-000000000000', slug: 'birchwood', name: 'Birchwood Dental' };
export const cedar: Tenant = { id: 'ceda4000-0000-4000-8000-000000000000', slug: 'cedar', name: 'Cedar Logistics' };

const created = { created_at: '2026-02-02T09:00:00.000Z', updated_at: '2026-02-02T09:00:00.000Z' };

/** Signed in at Birchwood, may act anywhere. */
export const operations: SignIn = {
  token: 'token-of-operations',
  tenant: birchwood,
  user: { id: 'b1bc4000-0000-4000-8000-000000000009', email: 'operations@crm.example', full_name: 'Olu Perez', role: 'superadmin', status: 'active', ...created },
};

export function contactOf(tenant: Tenant, n: number, name: readonly [string, string], change: Partial<Contact> = {}): Contact {
  const id = `${tenant.id.slice(0, -3)}${String(200 + n)}`;
  return { id, account_id: null, first_name: name[0], last_name: name[1], email: null, phone: null, job_title: null, archived_at: null, ...created, ...change };
}

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** What `x-tenant-id` says. */
  readonly tenantId: string | undefined;
  readonly token: string | undefined;
}

/** `METHOD /api/path` → the data of the answer, or a status with a message. An answer for undefined is 204. */
export type StubAnswers = Readonly<Record<string, (request: StubRequest) => unknown>>;

export const item = (data: unknown) => ({ status: 'success', data });
export const list = (data: readonly unknown[]) => ({ status: 'success', data, page: { total: data.length, limit: 100, offset: 0 } });
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
  ) {}
}

/** Puts a backend behind `fetch` that gives these answers, and returns what it is asked. What has no answer fails the test. */
export function stubBackend(answers: StubAnswers): readonly StubRequest[] {
  const asked: StubRequest[] = [];
  const stub = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const headers = new Headers(init.headers);
    const request: StubRequest = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      tenantId: headers.get('x-tenant-id') ?? undefined,
      token: headers.get('authorization')?.replace('Bearer ', ''),
    };
    asked.push(request);
    const answer = answers[`${request.method} ${request.path}`];
    if (answer === undefined) throw new Error(`The stub has no answer for ${request.method} ${request.path}.`);
    return respond(answer(request));
  };
  Object.assign(globalThis, { fetch: stub });
  return asked;
}

function respond(answer: unknown): Response {
  const refused = answer instanceof Refusal;
  const body = refused ? { status: 'error', error: { code: answer.code, message: answer.message } } : answer;
  const status = refused ? answer.status : body === undefined ? 204 : 200;
  return { ok: status < 400, status, text: async () => (body === undefined ? '' : JSON.stringify(body)) } as Response;
}
