import { policySchema } from '../model';
import { matchesGlobs } from '../patch/matches-globs';
import { specialistsOf } from './registry';

const policy = policySchema.parse({});
const owners = (path: string) => specialistsOf(policy).filter((specialist) => matchesGlobs(path, specialist.domain)).map((specialist) => specialist.name);

describe('the domains of the built-in specialists', () => {
  it.each([
    ['packages/crm-backend/src/routes/contacts.ts', ['backend']],
    ['packages/crm-backend/src/templates/mail.txt', ['backend']],
    ['packages/crm-contracts/src/contact.ts', ['backend']],
    ['packages/crm/migrations/0001_init.sql', ['backend']],
    ['libs/money/src/round.ts', ['backend']],
    ['server/worker/campaign.js', ['backend']],
    ['packages/crm-frontend/src/contacts/list.tsx', ['frontend']],
    ['packages/crm-frontend/src/client-state.ts', ['frontend']],
    ['apps/web/src/routes.ts', ['frontend']],
    ['src/components/table.jsx', ['frontend']],
    ['packages/crm-backend/src/routes/contacts.spec.ts', ['test']],
    ['packages/crm-frontend/src/list.test.tsx', ['test']],
    ['packages/crm-backend/src/testing/fake-database.ts', ['test']],
    ['packages/crm-backend/__tests__/contacts.js', ['test']],
    ['packages/crm/docker-compose.yml', ['infra']],
    ['packages/crm-backend/Dockerfile', ['infra']],
    ['packages/crm/.env.example', ['infra']],
    ['infra/nginx/site.conf', ['infra']],
    ['packages/crm-backend/src/cache/redis-cache.ts', ['backend', 'infra']],
    ['packages/crm-backend/src/middleware/rate-limit.ts', ['backend', 'infra']],
    ['README.md', []],
  ])('%s belongs to %j', (path, expected) => {
    expect(owners(path)).toEqual(expected);
  });

  it('never give production code to the test specialist, nor tests to another one', () => {
    for (const specialist of specialistsOf(policy)) {
      expect(matchesGlobs('packages/x-backend/src/a.spec.ts', specialist.domain)).toBe(specialist.name === 'test');
    }
  });

  it('follow what the workspace calls a test', () => {
    const other = policySchema.parse({ tests: ['checks/**'], testSupport: [] });
    expect(specialistsOf(other).filter((each) => matchesGlobs('checks/a.ts', each.domain)).map((each) => each.name)).toEqual(['test']);
    expect(specialistsOf(other).filter((each) => matchesGlobs('src/a.spec.ts', each.domain)).map((each) => each.name)).toEqual(['backend']);
  });
});

describe('specialistsOf', () => {
  it('adds a specialist of the workspace behind the four', () => {
    const own = policySchema.parse({ specialists: [{ name: 'braid-sdk', domain: ['braid/**'], prompt: 'orchestra/prompts/braid.md', model: 'large', contextTokens: 9000 }] });
    const specialists = specialistsOf(own, new Map([['orchestra/prompts/braid.md', 'You know Braid.\n']]));
    expect(specialists.map((each) => each.name)).toEqual(['backend', 'frontend', 'test', 'infra', 'braid-sdk']);
    expect(specialists[4]).toEqual({
      name: 'braid-sdk', title: 'Braid sdk', domain: ['braid/**'], model: 'large', contextTokens: 9000,
      instructions: { bugfix: 'You know Braid.', feature: 'You know Braid.' },
    });
  });

  it('replaces a built-in by name, in its place, and keeps its instructions without a prompt', () => {
    const own = policySchema.parse({ specialists: [{ name: 'frontend', domain: ['src/**'] }] });
    const [, frontend] = specialistsOf(own);
    expect(frontend).toEqual({ ...specialistsOf(policy)[1], domain: ['src/**'] });
  });

  it('has general instructions for one whose prompt was not given', () => {
    const own = policySchema.parse({ specialists: [{ name: 'docs', domain: ['docs/**'], prompt: 'missing.md' }] });
    expect(specialistsOf(own)[4]?.instructions.bugfix).toContain('your own domain');
  });
});
