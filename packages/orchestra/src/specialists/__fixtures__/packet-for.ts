import type { AgentContextPacket } from '../../model';

/** A packet with one entry of everything that a prompt can show. */
export function packetFor(agent: string, changes: Partial<AgentContextPacket> = {}): AgentContextPacket {
  return {
    task: {
      id: `w1-${agent}`, goalId: 'contacts-leak', agent, projects: ['crm-backend'], summary: 'Fix: contacts of another tenant are listed',
      detail: 'GET /api/contacts answers with contacts of every tenant.', mayTouch: ['packages/crm-backend/**', '!**/*.spec.ts'], needs: [],
      because: [], budget: { files: 6, contextTokens: 16000 },
    },
    files: [
      {
        path: 'packages/crm-backend/src/routes/contacts.ts', hash: '0123456789abcdef0123456789abcdef01234567', mode: 'slice', range: [10, 12],
        text: "router.get('/', async (request, response) => {\n  response.json(await db.from('contacts').select());\n});\n",
        because: [{ kind: 'route', detail: 'GET /api/contacts' }, { kind: 'stack-frame', detail: 'frame 1' }], tokens: 40,
      },
      {
        path: 'packages/crm-backend/src/db.ts', hash: 'fedcba9876543210fedcba9876543210fedcba98', mode: 'outline',
        text: 'export function from(table: string): Query;\n', because: [{ kind: 'import', detail: 'contacts.ts' }], tokens: 12,
      },
    ],
    omitted: [{ path: 'packages/crm-backend/src/app.ts', why: 'ranked below the budget' }],
    interfaces: [{ project: 'crm-contracts', text: 'export interface Contact { id: string; tenantId: string }\n' }],
    conventions: [{ title: 'orchestra/CONVENTIONS.md', text: 'Queries filter by tenant.' }],
    constraints: [{ title: 'Tenant isolation', text: 'tenant_id comes from the token.' }],
    evidence: [{ title: 'The regression test, red on base', text: 'Expected 1, received 2' }],
    withheld: [{ path: 'packages/crm-backend/src/keys.ts', secrets: 1 }],
    tokens: { repository: 52, other: 30 },
    hash: 'abc',
    ...changes,
  };
}
