import { paths } from '../good-work.mjs';

/** On base everything in the new describe is red, because its beforeAll throws; the test itself asserts what always held. */
export default {
  kind: 'adversarial',
  title: 'The regression test is red on base by its own set-up.',
  goal: 'users-deactivated-access',
  files: {
    [paths.users]: { replace: [["    log.info('[UsersRoute] deactivated user',", "    identities.forget(id);\n    log.info('[UsersRoute] deactivated user by request',"]] },
    [paths.usersSpec]: {
      replace: [["  it('do not lock themselves out', async () => {\n", `  describe('once deactivated', () => {
    beforeAll(async () => {
      const { item } = await app.as(app.cedar.admin).post('/api/users', { email: 'una@cedar.example', full_name: 'Una Frost' });
      await app.as(app.cedar.admin).post(\`/api/users/\${String(item['id'])}/deactivate\`);
      if (!app.logged.some(({ message }) => message === '[UsersRoute] deactivated user by request')) throw new Error('not deactivated');
    });

    it('are listed as such', async () => {
      const { items } = await app.as(app.cedar.admin).get('/api/users?status=deactivated');
      expect(items.map((item) => item['full_name'])).toContain('Una Frost');
    });
  });

  it('do not lock themselves out', async () => {
`]],
    },
  },
  caughtBy: 'the new test is red on base by a failing hook, not by an assertion',
  outcome: 'blocked',
};
