import type { RuleFixture } from './rule-fixture';

const isolate = '\u2066';
const end = '\u2069';
const override = '\u202e';

const typescript = `
const greeting = '${isolate}שלום${end}';

export function mayExport(role: string): boolean {
  return role === 'admin';
}
`;

const migration = `
-- tenants read their own rows
CREATE POLICY contacts_own ON contacts USING (tenant_id = current_tenant());
`;

export const textReorderedFixtures: readonly RuleFixture[] = [
  {
    rule: 'text-reordered',
    path: 'packages/api/src/role.ts',
    base: typescript,
    debt: typescript.replace('const greeting', '/** Right to left. */\nconst greeting'),
    bad: typescript.replace("'admin'", `'admin${override} ${isolate}// only for administrators${end} ${isolate}'`),
    good: typescript.replace("'admin'", "'owner'"),
    where: 'mayExport',
  },
  {
    rule: 'text-reordered',
    path: 'packages/api/migrations/004_policies.sql',
    base: migration,
    debt: migration.replace('own rows', 'own rows only'),
    bad: migration.replace('tenants read', `tenants read ${override}`),
    good: migration.replace('own rows', "own rows; in Arabic 'مرحبا'"),
    where: 'file',
  },
];
