import { reachOf, type Reach } from './row-condition';

const words = { tenant: /tenant/i, person: /auth\.uid/i, trusted: /'service_role'/i };

describe('how far an SQL condition reaches', () => {
  it.each<[string, Reach]>([
    ['tenant_id = current_tenant_id()', 'tenant'],
    ['(tenant_id = current_tenant_id())', 'tenant'],
    ['tenant_id = (select (auth.jwt() ->> \'tenant_id\')::uuid)', 'tenant'],
    ['id in (select note_id from shares where tenant_id = current_tenant_id() or open)', 'tenant'],
    ['tenant_id = current_tenant_id() and not deleted', 'tenant'],
    ["tenant_id = current_tenant_id() or (select auth.role()) = 'service_role'", 'tenant'],
    ['false', 'tenant'],
    ['auth.uid() = user_id', 'person'],
    ['auth.uid() = user_id or tenant_id = current_tenant_id()', 'person'],
    ['tenant_id = current_tenant_id() or public_note', 'some'],
    ['tenant_id is not null', 'some'],
    ['tenant_id <> current_tenant_id()', 'some'],
    ['not (tenant_id = current_tenant_id())', 'some'],
    ['status = 1', 'some'],
    ['true', 'all'],
    ['( TRUE )', 'all'],
    ['tenant_id = tenant_id', 'all'],
    ['1=1', 'all'],
    ['tenant_id = current_tenant_id() or true', 'all'],
    ['', 'all'],
  ])('%s', (condition, expected) => {
    expect(reachOf(condition, words)).toBe(expected);
  });
});
