import { opportunityInputSchema, opportunityPatchSchema } from './opportunity';

describe('opportunities', () => {
  it('begin as prospects worth nothing yet', () => {
    expect(opportunityInputSchema.parse({ name: ' New van fleet ' })).toEqual({ name: 'New van fleet', stage: 'prospect', amount_cents: 0 });
  });

  it('keep stage and amount when a patch does not name them', () => {
    expect(opportunityPatchSchema.parse({ name: 'Vans' })).toEqual({ name: 'Vans' });
  });

  it.each([{ amount_cents: -1 }, { amount_cents: 1.5 }, { amount_cents: 2_147_483_648 }, { stage: 'maybe' }, {}])('refuse the patch %j', (patch) => {
    expect(opportunityPatchSchema.safeParse(patch).success).toBe(false);
  });
});
