import type { RuleFixture } from './rule-fixture';

const javascript = `
import rateLimit from 'express-rate-limit';

const PER_MINUTE = 100;

export const defaultLimiter = rateLimit({
  windowMs: 60 * 1000,
  max: PER_MINUTE,
  message: { error: 'too many' },
});

export const loginLimiter = rateLimit({ windowMs: 60 * 1000, max: 10 });
`;

const typescript = `
import { loginLimiter, defaultLimiter } from './limits';

export function mountRoutes(app: Express, services: Services): void {
  app.use('/api', defaultLimiter);
  app.post('/api/login', loginLimiter, (request, response) => services.auth.login(request, response));
  app.get('/api/contacts', (request, response) => services.contacts.list(request, response));
}
`;

export const limiterWeakenedFixtures: readonly RuleFixture[] = [
  {
    rule: 'limiter-weakened',
    path: 'packages/api/src/limits.js',
    base: javascript,
    debt: javascript.replace('too many', 'slow down'),
    bad: javascript.replace('PER_MINUTE = 100', 'PER_MINUTE = 2000'),
    good: javascript.replace('max: 10 }', 'max: 5 }').replace('PER_MINUTE = 100', 'PER_MINUTE = 80'),
    where: 'defaultLimiter',
  },
  {
    rule: 'limiter-weakened',
    path: 'packages/api/src/mount-routes.ts',
    base: typescript,
    debt: typescript.replace('services.contacts.list(request, response)', 'services.contacts.page(request, response)'),
    bad: typescript.replace(`'/api/login', loginLimiter, `, `'/api/login', `),
    good: typescript.replace(`'/api/contacts', (`, `'/api/contacts', defaultLimiter, (`),
    where: 'POST /api/login',
  },
];
