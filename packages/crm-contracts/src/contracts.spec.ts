import {
  accountInputSchema, activityInputSchema, activityListQuerySchema, errorEnvelopeSchema, itemResponse, listResponse, tenantSchema,
  userInputSchema, userPatchSchema,
} from './index';

const tenant = { id: '3d6f0f5e-0000-4000-8000-000000000002', slug: 'birchwood', name: 'Birchwood Dental' };

describe('accounts', () => {
  it('writes account numbers in capitals', () => {
    expect(accountInputSchema.parse({ account_number: ' c-1001 ', name: 'Harbour School' }).account_number).toBe('C-1001');
  });

  it.each(['', '-1', 'C 1001', 'X'.repeat(25)])('refuses the account number %j', (account_number) => {
    expect(accountInputSchema.safeParse({ account_number, name: 'Harbour School' }).success).toBe(false);
  });

  it('refuses a website that a browser would run instead of open', () => {
    const input = { account_number: 'C-1', name: 'Harbour School', website: 'javascript:alert(1)' };
    expect(accountInputSchema.safeParse(input).success).toBe(false);
  });
});

describe('activities', () => {
  it('takes a due time with an offset', () => {
    const input = activityInputSchema.parse({ type: 'call', subject: 'Recall', due_at: '2026-03-10T09:00:00+01:00' });
    expect(input.due_at).toBe('2026-03-10T09:00:00+01:00');
  });

  it('takes calendar days, not times, as the due window', () => {
    expect(activityListQuerySchema.safeParse({ due_from: '2026-03-01', due_to: '2026-03-31' }).success).toBe(true);
    expect(activityListQuerySchema.safeParse({ due_from: '2026-03-01T00:00:00Z' }).success).toBe(false);
  });
});

describe('users', () => {
  it('makes a member unless told otherwise', () => {
    expect(userInputSchema.parse({ email: 'Jo@Cedar.example', full_name: 'Jo Bell' })).toEqual({
      email: 'jo@cedar.example', full_name: 'Jo Bell', role: 'member',
    });
  });

  it('lets nobody become superadmin through the API', () => {
    expect(userPatchSchema.safeParse({ role: 'superadmin' }).success).toBe(false);
    expect(userInputSchema.safeParse({ email: 'jo@cedar.example', full_name: 'Jo Bell', role: 'superadmin' }).success).toBe(false);
  });
});

describe('wrappers', () => {
  it('wrap one thing, a page of things, and an error', () => {
    expect(itemResponse(tenantSchema).safeParse({ status: 'success', data: tenant }).success).toBe(true);
    const page = { total: 1, limit: 25, offset: 0 };
    expect(listResponse(tenantSchema).safeParse({ status: 'success', data: [tenant], page }).success).toBe(true);
    expect(listResponse(tenantSchema).safeParse({ status: 'success', data: [tenant] }).success).toBe(false);
    expect(errorEnvelopeSchema.safeParse({ status: 'error', error: { code: 'not_found', message: 'No such contact.' } }).success).toBe(true);
    expect(errorEnvelopeSchema.safeParse({ status: 'error', error: { code: 'teapot', message: '' } }).success).toBe(false);
  });
});
