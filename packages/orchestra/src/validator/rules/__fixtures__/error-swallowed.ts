import type { RuleFixture } from './rule-fixture';

const javascript = `
router.get('/stats', async (req, res) => {
  const { data, error } = await db.from('notes').select('*').eq('tenant_id', req.tenant.id);
  if (error) throw failure(error);
  res.json(summarise(data));
});

export async function warmUp() {
  try {
    await loadEverything();
  } catch {
    // The next request loads it.
  }
}
`;

const typescript = `
export async function send(mail: Mail, transport: Transport, log: Log): Promise<void> {
  const prepared = prepare(mail);
  await transport.deliver(prepared);
  log.info('sent');
}
`;

export const errorSwallowedFixtures: readonly RuleFixture[] = [
  {
    rule: 'error-swallowed',
    path: 'packages/api/src/routes/stats.js',
    base: javascript,
    debt: javascript.replace('await loadEverything();', 'await loadEverything(1);'),
    bad: javascript.replace('const { data, error } =', 'const { data } =').replace('  if (error) throw failure(error);\n', ''),
    good: javascript.replace('if (error) throw failure(error);', 'if (error) return next(error);'),
    where: 'GET /stats',
    severity: 'person',
  },
  {
    rule: 'error-swallowed',
    path: 'packages/api/src/send.ts',
    base: typescript,
    debt: typescript.replace("log.info('sent')", "log.info('sent', mail.id)"),
    bad: typescript.replace('  await transport.deliver(prepared);', '  await transport.deliver(prepared).catch(() => undefined);'),
    good: typescript.replace('  await transport.deliver(prepared);', "  await transport.deliver(prepared).catch((error) => log.info('not sent', error));"),
    where: 'send',
    severity: 'person',
  },
];
