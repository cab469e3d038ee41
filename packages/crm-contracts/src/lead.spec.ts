import { leadInputSchema, leadPatchSchema } from './lead';

describe('leads', () => {
  it('come from somewhere, "other" when nobody says', () => {
    expect(leadInputSchema.parse({ first_name: 'Iris', last_name: 'Vale' })).toEqual({ first_name: 'Iris', last_name: 'Vale', source: 'other' });
  });

  it('keep their source when a patch does not name it', () => {
    expect(leadPatchSchema.parse({ company: 'Vale & Sons' })).toEqual({ company: 'Vale & Sons' });
  });

  it('are never converted by a patch', () => {
    expect(leadPatchSchema.safeParse({ status: 'converted' }).success).toBe(false);
  });
});
