import { contactInputSchema, contactListQuerySchema, contactPatchSchema, contactSchema } from './contact';

const name = { first_name: 'Ada', last_name: 'Nkemelu' };

describe('contactInputSchema', () => {
  it('normalises what people type', () => {
    const input = contactInputSchema.parse({
      first_name: ' Ada ',
      last_name: 'Nkemelu',
      email: ' Ada.Nkemelu@Birchwood.EXAMPLE ',
      phone: '+44 (20) 7946-0018',
      job_title: '  ',
    });
    expect(input).toEqual({ ...name, email: 'ada.nkemelu@birchwood.example', phone: '+442079460018', job_title: null });
  });

  it.each([
    ['a nameless contact', { ...name, last_name: '   ' }],
    ['an address without a domain', { ...name, email: 'ada@' }],
    ['letters in a phone number', { ...name, phone: 'call me' }],
    ['an account that is no uuid', { ...name, account_id: '42' }],
  ])('refuses %s', (_case, input) => {
    expect(contactInputSchema.safeParse(input).success).toBe(false);
  });

  it('drops a tenant somebody put into the body', () => {
    expect(contactInputSchema.parse({ ...name, tenant_id: '3d6f0f5e-0000-4000-8000-000000000001' })).toEqual(name);
  });
});

describe('contactPatchSchema', () => {
  it('keeps absent fields absent, so that a patch clears nothing by accident', () => {
    expect(contactPatchSchema.parse({ job_title: 'Dentist' })).toEqual({ job_title: 'Dentist' });
  });

  it('refuses a patch that changes nothing', () => {
    expect(contactPatchSchema.safeParse({}).success).toBe(false);
  });
});

describe('contactListQuerySchema', () => {
  it('lists one page of current contacts by name when nothing is asked for', () => {
    expect(contactListQuerySchema.parse({})).toEqual({ limit: 25, offset: 0, include_archived: false, order: 'last_name' });
  });

  it('reads the text of a query string', () => {
    expect(contactListQuerySchema.parse({ limit: '10', offset: '20', include_archived: 'true' })).toMatchObject({
      limit: 10,
      offset: 20,
      include_archived: true,
    });
  });

  it.each([{ limit: '0' }, { limit: '101' }, { offset: '-1' }, { order: 'tenant_id' }])('refuses %j', (query) => {
    expect(contactListQuerySchema.safeParse(query).success).toBe(false);
  });
});

describe('contactSchema', () => {
  it('never shows the tenant column of a row', () => {
    const row = {
      id: '3d6f0f5e-0000-4000-8000-000000000001',
      tenant_id: '3d6f0f5e-0000-4000-8000-000000000002',
      account_id: null,
      ...name,
      email: null,
      phone: null,
      job_title: null,
      archived_at: null,
      created_at: '2026-02-03T09:00:00.000Z',
      updated_at: '2026-02-03T09:00:00.000Z',
    };
    expect(contactSchema.parse(row)).not.toHaveProperty('tenant_id');
  });
});
