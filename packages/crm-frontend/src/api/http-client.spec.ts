import { createHttpClient } from './http-client';

const answer = (status: number, text: string) => ({ ok: status < 400, status, text: async () => text }) as Response;

function clientAnswering(response: Response | Error, token: string | undefined = 'token-1') {
  const asked: [string, RequestInit | undefined][] = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    asked.push([String(url), init]);
    if (response instanceof Error) throw response;
    return response;
  };
  return { asked, request: createHttpClient({ backendUrl: 'http://crm.example', token, fetch }) };
}

describe('the HTTP client', () => {
  it('says who is calling, in which tenant, and asks for nothing that is empty', async () => {
    const { asked, request } = clientAnswering(answer(200, '{"status":"success"}'));
    expect(await request({ path: '/api/contacts', query: { search: 'a b', limit: 10, order: '', account_id: undefined }, tenantId: 'cedar' })).toEqual({ status: 'success' });
    expect(asked).toEqual([
      ['http://crm.example/api/contacts?search=a+b&limit=10', { method: 'GET', headers: { authorization: 'Bearer token-1', 'x-tenant-id': 'cedar' } }],
    ]);
  });

  it('takes an empty answer for what it is', async () => {
    const { request } = clientAnswering(answer(204, ''));
    expect(await request({ method: 'DELETE', path: '/api/contacts/1' })).toBeUndefined();
  });

  it('hands on what the server says, every fault of a form included', async () => {
    const body = { status: 'error', error: { code: 'invalid_request', message: 'The request is not valid.', details: [{ path: 'email', message: 'is none' }] } };
    const { request } = clientAnswering(answer(400, JSON.stringify(body)));
    await expect(request({ path: '/api/contacts' })).rejects.toMatchObject({ code: 'invalid_request', message: 'The request is not valid. email: is none.' });
  });

  it.each([
    ['a server that is away', new TypeError('fetch failed'), 'unreachable'],
    ['a page of a proxy', answer(502, '<html>Bad gateway</html>'), 'internal'],
  ])('tells %s', async (_case, response, code) => {
    await expect(clientAnswering(response).request({ path: '/api/contacts' })).rejects.toMatchObject({ code });
  });
});
