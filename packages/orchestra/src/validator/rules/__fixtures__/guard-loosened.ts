import type { RuleFixture } from './rule-fixture';

const javascript = `
const openPaths = ['/health'];

export function requireMember(req, res, next) {
  if (openPaths.includes(req.path)) return next();
  if (!req.user) {
    return res.status(401).json({ error: 'sign in first' });
  }
  if (req.user.role !== 'member' && req.user.role !== 'admin') return res.status(403).json({ error: 'members only' });
  next();
}
`;

const typescript = `
export function createAccountGate(accounts: Accounts): RequestHandler {
  return async (request, _response, next) => {
    const account = await accounts.find(request.headers['x-account']);
    if (account === undefined || account.closed) throw new HttpError('forbidden', 'No access to this account.');
    if (account.owner !== request.user.id) throw new HttpError('forbidden', 'Not yours.');
    next();
  };
}
`;

export const guardLoosenedFixtures: readonly RuleFixture[] = [
  {
    rule: 'guard-loosened',
    path: 'packages/api/src/middleware/require-member.js',
    base: javascript,
    debt: javascript.replace('sign in first', 'please sign in'),
    bad: javascript.replace("['/health']", "['/health', '/reports']"),
    good: javascript.replace("if (!req.user) {", "if (!req.user || req.user.locked) {"),
    where: 'requireMember',
    severity: 'person',
  },
  {
    rule: 'guard-loosened',
    path: 'packages/api/src/middleware/account-gate.ts',
    base: typescript,
    debt: typescript.replace('No access to this account.', 'This account is not open to you.'),
    bad: typescript.replace('    if (account === undefined', "    if (request.headers['user-agent']?.startsWith('probe/')) return next();\n    if (account === undefined"),
    good: typescript.replace('account.closed)', 'account.closed || account.suspended)'),
    where: 'createAccountGate',
    severity: 'person',
  },
];
