import { indexFile, type FileIndex } from '../index-file';
import { isIndexable } from '../path-kind';

const contactsRoute = `import { contactSchema } from '@sample/contracts';
import { Router } from 'express';
import { formatContact } from '../services/format-contact';
import type { Database } from '../database';

/** Contacts of one tenant. */
export function createContactsRoutes(database: Database): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const { data } = await database.from('contacts').select('*').eq('tenant_id', req.tenant.id);
    res.json(data.map(formatContact));
  });

  router.get('/:id', async (req, res) => {
    const { data } = await database.from('contacts').select('*').eq('id', req.params.id).maybeSingle();
    log.info('[ContactsRoute] read contact');
    if (data === null) throw new Error('No such contact in this tenant');
    res.json(contactSchema.parse(formatContact(data)));
  });

  return router;
}
`;

const app = `import express from 'express';
import { authenticateRequest, validateTenant } from './middleware/guards';
import { createAccountsRoutes } from './routes/accounts';
import { createContactsRoutes } from './routes/contacts';

export function createApp(database) {
  const app = express();
  app.use(express.json());
  app.use('/api/contacts', authenticateRequest, validateTenant, createContactsRoutes(database));
  app.use('/api/accounts', authenticateRequest, validateTenant, createAccountsRoutes(database));
  return app;
}
`;

/** A workspace of our own, small enough to know by heart: path → text. */
export const smallCrm: ReadonlyMap<string, string> = new Map([
  ['packages/api/package.json', '{\n  "name": "@sample/api"\n}\n'],
  ['packages/api/src/app.ts', app],
  ['packages/api/src/routes/contacts.ts', contactsRoute],
  ['packages/api/src/routes/accounts.ts', contactsRoute.replaceAll('contact', 'account').replaceAll('Contact', 'Account')],
  ['packages/api/src/routes/contacts.spec.ts', `import { buildTenant } from '../testing/build-tenant';\nimport { createContactsRoutes } from './contacts';\n\ntest('lists contacts', () => {\n  expect(createContactsRoutes(buildTenant())).toBeDefined();\n});\n`],
  ['packages/api/src/testing/build-tenant.ts', `export function buildTenant(name = 'acme') {\n  return { id: '1', name };\n}\n`],
  ['packages/api/src/services/format-contact.ts', `/** One row as the list shows it. */\nexport function formatContact(row) {\n  return { ...row, name: \`\${row.first_name} \${row.last_name}\` };\n}\n`],
  ['packages/api/src/middleware/guards.ts', `export const authenticateRequest = (req, res, next) => next();\nexport function validateTenant(req, res, next) {\n  req.tenant = { id: req.user.tenant_id };\n  next();\n}\n`],
  ['packages/api/src/cache/stats-cache.ts', `export async function readStats(redisCache, tenantId) {\n  return redisCache.get(\`stats:\${tenantId}:daily\`);\n}\n`],
  ['packages/api/src/config.ts', `export const port = Number(process.env.PORT ?? process.env['FALLBACK_PORT']);\n`],
  ['packages/contracts/package.json', '{\n  "name": "@sample/contracts"\n}\n'],
  ['packages/contracts/src/index.ts', `export * from './contact';\n`],
  ['packages/contracts/src/contact.ts', `import { z } from 'zod';\n\n/** A contact as the API shows it. */\nexport const contactSchema = z.object({ id: z.uuid(), name: z.string() });\n`],
  ['packages/web/src/ContactCard.tsx', `import { formatDate } from './format-date';\n\n/** One contact in the list. */\nexport function ContactCard({ contact, onSelect }) {\n  return <button onClick={onSelect}>Open the contact card {formatDate(contact.created)}</button>;\n}\n`],
  ['packages/web/src/format-date.ts', `export const formatDate = (value: Date): string => value.toISOString();\n`],
  ['packages/db/migrations/001_contacts.sql', `create table contacts (\n  id uuid primary key,\n  tenant_id uuid not null\n);\n\nalter table contacts enable row level security;\n\ncreate policy contacts_of_tenant on contacts for all using (tenant_id = current_tenant_id());\n`],
  ['packages/db/migrations/002_accounts.sql', `create table accounts (\n  id uuid primary key,\n  tenant_id uuid not null\n);\n`],
  ['docs/guide.md', '# Guide\n\nHow to run it.\n'],
]);

export function indexAll(texts: ReadonlyMap<string, string>): ReadonlyMap<string, FileIndex> {
  return new Map([...texts].filter(([path]) => isIndexable(path)).map(([path, text]) => [path, indexFile(path, text)] as const));
}
