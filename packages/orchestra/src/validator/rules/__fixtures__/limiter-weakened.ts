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

const settings = `
# Requests per address and minute.
RATE_LIMIT_MAX=120
RATE_LIMIT_WINDOW_MS=60000
PAGE_SIZE=20
`;

const config = `
const wholeNumber = (fallback: number) => z.coerce.number().default(fallback);

export const environment = z.object({
  RATE_LIMIT_MAX: wholeNumber(120),
  RATE_LIMIT_WINDOW_MS: wholeNumber(60_000),
  PAGE_SIZE: wholeNumber(20),
});
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
  {
    rule: 'limiter-weakened',
    path: 'packages/api/.env.example',
    base: settings,
    debt: settings.replace('PAGE_SIZE=20', 'PAGE_SIZE=2000'),
    bad: settings.replace('MAX=120', 'MAX=12000'),
    good: settings.replace('MAX=120', 'MAX=60'),
    where: 'RATE_LIMIT_MAX',
  },
  {
    rule: 'limiter-weakened',
    path: 'packages/api/src/config.ts',
    base: config,
    debt: config.replace('wholeNumber(20)', 'wholeNumber(2000)'),
    bad: config.replace('60_000', '6_000'),
    good: config.replace('60_000', '600_000'),
    where: 'environment.RATE_LIMIT_WINDOW_MS',
  },
];
