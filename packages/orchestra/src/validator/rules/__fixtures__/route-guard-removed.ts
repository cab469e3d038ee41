import type { RuleFixture } from './rule-fixture';

const javascript = `
import { requireAuth, requireAdminRole as adminOnly } from '../middleware/auth.js';

export default function createUserRoutes() {
  const router = express.Router();
  router.get('/ping', (req, res) => res.json({ ok: true }));
  router.use(requireAuth);

  router.get('/', async (req, res) => res.json(await list(req)));
  router.delete('/:id', adminOnly, async (req, res) => res.json(await remove(req)));
  router.post('/invite', async (req, res) => {
    if (!req.user) return res.status(401).json({ error: 'sign in' });
    res.json(await invite(req));
  });
  return router;
}
`;

const typescript = `
import { validateTenant } from './middleware/validate-tenant';
import { createContactRoutes } from './routes/contacts';
import { createHealthRoutes } from './routes/health';

export function createApp(services: Services): Express {
  const app = express();
  app.use('/api/health', createHealthRoutes());
  app.use('/api/contacts', validateTenant(services.tenants), createContactRoutes(services));
  app.post('/api/export', validateTenant(services.tenants), (request: Request, response: Response) => exportAll(request, response));
  return app;
}
`;

export const routeGuardRemovedFixtures: readonly RuleFixture[] = [
  {
    rule: 'route-guard-removed',
    path: 'packages/api/src/routes/users.js',
    base: javascript,
    debt: javascript.replace('res.json({ ok: true })', 'res.json({ ok: true, at: now() })'),
    bad: javascript.replace('requireAuth, ', 'requireAuth as _requireAuth, ').replace('  router.use(requireAuth);\n', '  // health checks need this open: router.use(requireAuth);\n'),
    good: javascript.replace('  router.use(requireAuth);\n', '').replace(`router.get('/', async`, `router.get('/', requireAuth, async`).replace(`adminOnly, async`, `requireAuth, adminOnly, async`).replace(`'/invite', async`, `'/invite', [requireAuth], async`),
    where: 'router.use',
  },
  {
    rule: 'route-guard-removed',
    path: 'packages/api/src/app.ts',
    base: typescript,
    debt: typescript.replace('createHealthRoutes()', 'createHealthRoutes(services)'),
    bad: typescript.replace(`'/api/export', validateTenant(services.tenants), `, `'/api/export', `),
    good: typescript.replace(`  app.post('/api/export', validateTenant(services.tenants), `, `  app.use('/api/export', validateTenant(services.tenants));\n  app.post('/api/export', `),
    where: 'POST /api/export',
  },
];
