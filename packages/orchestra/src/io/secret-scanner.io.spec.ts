import { createSecretScanner } from './secret-scanner';

/** Put together at run time, so that no file of this repository holds anything shaped like a key. */
const key = (...parts: readonly string[]) => parts.join('');
const filler = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0';
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (payload: object) => `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(payload)}.${filler}`;

const keys: Readonly<Record<string, string>> = {
  github: key('gh', 'p_', filler.slice(0, 36)),
  slack: key('xox', 'b-123456789012-1234567890123-', filler.slice(0, 24)),
  openai: key('sk-', 'proj-', 'A'.repeat(74), 'T3Blb', 'kFJ', 'B'.repeat(74)),
  anthropic: key('sk-', 'ant-api03-', 'a'.repeat(93), 'AA'),
  npm: key('npm', '_', filler.slice(0, 36)),
  'private RSA': key('-----BEGIN RSA PRIVATE', ' KEY-----\n', `MI${filler}\n`.repeat(8), '-----END RSA PRIVATE', ' KEY-----'),
  'private EC': key('-----BEGIN EC PRIVATE', ' KEY-----\n', `MHc${filler}\n`.repeat(3), '-----END EC PRIVATE', ' KEY-----'),
  'private Ed25519': key('-----BEGIN PRIVATE', ' KEY-----\\n', `MC4C${filler}\\n`, '-----END PRIVATE', ' KEY-----'),
  'private PGP': key('-----BEGIN PGP PRIVATE', ' KEY BLOCK-----\nVersion: GnuPG v2\n\n', `lQ${filler}\n`.repeat(4), '-----END PGP PRIVATE', ' KEY BLOCK-----'),
  'private, cut off': key('-----BEGIN RSA PRIVATE', ' KEY-----\n', `MI${filler}\n`.repeat(8)).trimEnd(),
  database: key('postgres', '://app:', 'hunter2hunter', '@db.internal:5432/app'),
  'basic auth': key('https', '://deploy:', 'hunter2hunter', '@git.internal.net/repo'),
  stripe: key('sk_', 'live_', filler.slice(0, 24)),
  google: key('AI', 'za', filler.slice(0, 35)),
  gitlab: key('gl', 'pat-', filler.slice(0, 20)),
  supabase: key('sb', 'p_', filler),
  doppler: key('dp', '.pt.', filler),
  'stripe test': key('sk_', 'test_', filler.slice(0, 24)),
  'webhook signature': key('wh', 'sec_', filler.slice(0, 32)),
  'AWS id': key('AK', 'IA', 'IOSFODNN7QWERTYU'),
  'AWS temporary id': key('AS', 'IA', 'IOSFODNN7QWERTYU'),
  'hugging face': key('h', 'f_', 'aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH'),
  resend: key('r', 'e_', filler.slice(0, 9), '_', filler.slice(9, 31)),
  'service role': token({ role: 'service_role', iss: 'supabase' }),
};
const aws = key('wJalrXUtnFEMI', 'K7MDENGbPxRfiCY', 'zzzzzzzzKEY1');
const scanner = createSecretScanner();
const scan = async (text: string, path = 'src/a.ts') => (await scanner.scan(new Map([[path, text]]))).get(path);

test.each(Object.entries(keys))('a %s key is counted, and redacted without a trace', async (_, secret) => {
  const text = `😀 const value = "${secret}";\nconst after = 1;\n`;
  expect(await scan(text)).toBe(1);
  const redacted = await scanner.redact(text);
  expect(redacted.secrets).toBe(1);
  expect(redacted.text).toMatch(/^😀 const value = "\[redacted\]["\s\S]*const after = 1;\n$/);
  expect(redacted.text).not.toContain(secret.slice(-8));
});

const hidden = 'Sup3rS3cret';
const url = (scheme: string, host: string, password = hidden) => key(scheme, '://admin:', password, '@', host);

test.each([
  url('redis', 'cache:6379'), url('rediss', 'cache.internal'), key('redis', '://:', hidden, '@cache'), url('amqp', 'mq:5672'), url('amqps', 'mq/x'), url('postgresql', 'localhost/app'), url('mongodb+srv', 'cluster0.abc.mongodb.net/x'), url('sftp', '127.0.0.1'), url('https', 'example.com'),
  `postgresql://localhost/app?user=admin&password=${hidden}`, `GET /callback?state=1&access_token=${hidden}&x=1`, `/v1?api_key=${hidden}`,
  `Authorization: Bearer ${hidden}${hidden}`, `"authorization": "Basic ${hidden}=="`, `authorization: ${hidden}`, `curl -H 'Bearer ${hidden}${hidden}'`,
  `Cookie: theme=dark; session=s%3A${hidden}.x`, `Set-Cookie: sid=${hidden}; HttpOnly`, `"cookie":"sid=${hidden}"`,
])('a log line loses its credential: %s', async (line) => {
  const redacted = await scanner.redact(`before\n${line}\nafter`);
  expect(redacted.text).toMatch(/^before\n.*\[redacted\].*\nafter$/);
  expect(redacted.text).not.toContain(hidden);
  expect(redacted.secrets).toBe(1);
  expect(await scanner.redact(redacted.text)).toEqual({ text: redacted.text, secrets: 0 });
});

test('a source is withheld for a password that opens something, not for an example', async () => {
  for (const line of [url('redis', 'cache.internal:6379'), url('amqp', 'mq:5672'), url('postgres', 'db.internal:5432/app'), key('https://api.shop.io/v1?api', '_key=', filler)]) expect(await scan(line)).toBe(1);
  const examples = [
    ...['localhost:5432/x', '127.0.0.1/x', 'db.example.com', 'db.test'].flatMap((host) => ['postgres', 'redis', 'https'].map((scheme) => url(scheme, host))),
    ...['password', 'secret', 'changeme', 'postgres', 'test', 'your-password', '${password}', '$PASSWORD', '***'].map((password) => url('postgres', 'db.internal:5432/app', password)),
    'fetch("/reset?token=abc123")', 'headers: { authorization: "Bearer made-up-session-1234567890" }', 'Cookie: sid=abc123', key('AK', 'IA', 'IOSFODNN7EXAMPLE'), 're_export_of_something_longer', 'http://localhost:3000/a@b',
  ];
  for (const line of examples) expect([line, await scan(`const a = '${line}';`)]).toEqual([line, undefined]);
});

test('a value reported at the wrong place is redacted where it really stands', async () => {
  const text = `region = eu\naws_secret_access_key = '${aws}'\nend`;
  expect(await scan(text)).toBeGreaterThanOrEqual(1);
  const redacted = await scanner.redact(text);
  for (let start = 0; start + 8 <= aws.length; start += 4) expect(redacted.text).not.toContain(aws.slice(start, start + 8));
  expect(redacted.text).toMatch(/^region = eu\n[\s\S]*\nend$/);
});

test('several keys are counted one by one, and a path without any is absent', async () => {
  const text = `${keys['github']}\n${keys['npm']}\n${keys['github']}`;
  expect(await scanner.scan(new Map([['many.ts', text], ['clean.ts', 'const a = 1;'], ['empty.ts', '']]))).toEqual(new Map([['many.ts', 3]]));
  expect(await scanner.redact(text)).toEqual({ text: '[redacted]\n[redacted]\n[redacted]', secrets: 3 });
});

test('a comment cannot ask the scanner to look away', async () => {
  for (const comment of ['// secretlint-disable', '/* secretlint-disable @secretlint/secretlint-rule-github */', '// secretlint-disable-next-line']) {
    expect(await scan(`${comment}\nconst value = '${keys['github']}';`)).toBe(1);
  }
});

test.each(['.env', 'packages/api/.env.production', 'certs/server.pem', 'home/id_rsa'])('%s counts as a secret whatever is in it', async (path) => {
  expect(await scan('nothing here', path)).toBe(1);
});

test('examples of such files are ordinary, until there is a key in them', async () => {
  expect(await scan('TOKEN=', '.env.example')).toBeUndefined();
  expect(await scan(`TOKEN=${keys['github']}`, '.env.example')).toBe(1);
});

test('made-up sessions in sources are left alone, in logs every signed token is a session', async () => {
  const session = token({ sub: 'user-1', role: 'authenticated' });
  expect(await scan(`const session = '${session}';`)).toBeUndefined();
  expect(await scanner.redact(`Authorization: Bearer ${session}\nGET /`)).toEqual({ text: 'Authorization: Bearer [redacted]\nGET /', secrets: 1 });
});

test('ordinary text comes back as it was', async () => {
  const text = 'Error: expected 200\n  at src/a.ts:3:1\r\nsk-learn AIzawa gh_pages eyJust\n';
  expect(await scanner.redact(text)).toEqual({ text, secrets: 0 });
  expect(await scanner.redact('')).toEqual({ text: '', secrets: 0 });
});

test('a key that only shows once its neighbour is cut out is cut out as well', async () => {
  const glued = `${keys['slack']}.${keys['google']}${keys['stripe']}`;
  expect((await scanner.redact(glued)).text).toBe('[redacted].[redacted][redacted]');
});

test('a key file of a service account is known by its name', async () => {
  const account = JSON.stringify({ type: 'service_account', private_key_id: '1', private_key: key('-----BEGIN PRIVATE', ' KEY-----\nshort') });
  expect([await scan(account, 'config/account.json'), await scan(account, 'config/account.txt')]).toEqual([1, undefined]);
});

test('code that speaks of keys is left alone', async () => {
  const code = key("if (text.startsWith('-----BEGIN PRIVATE", " KEY-----')) return parse(text);\nconst sample = '-----BEGIN PRIVATE", " KEY-----\\n...\\n-----END PRIVATE", " KEY-----';");
  expect(await scan(code)).toBeUndefined();
});

test('a megabyte of hostile text does not hold it up', async () => {
  const started = performance.now();
  for (const piece of ['eyJ', 'eyJaaaaaaaaaa.', 'postgres://a:', '-----BEGIN PRIVATE ', 'sk_live_', 'dp.pt.', 'AIza', 'redis://a:b', 'bearer ', 'Cookie: ', 'cookie:a=', '?a', '?token=', 'authorization: ', 'a', '://', 're_a', 'whsec_']) await scanner.redact(piece.repeat(1_000_000 / piece.length));
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('a source with a secret in it', () => {
  const cut = (text: string, path = 'src/a.ts') => scanner.cut(path, text);

  it('keeps its lines and loses the secret, so that the rest can be worked on', async () => {
    const text = `/** ${keys['database']} by default */\nexport const pool = 1;\n`;
    const shown = await cut(text);
    expect(shown).toMatch(/\[redacted\]/);
    expect(shown).not.toContain('hunter2');
    expect(shown?.split('\n').slice(1)).toEqual(['export const pool = 1;', '']);
    expect(await scan(shown ?? '')).toBeUndefined();
  });

  it('loses it wherever else it stands, and what hangs on to it', async () => {
    const shown = await cut(`const url = '${keys['database']}';\nconst password = 'hunter2hunter';\nconst key = '${keys['stripe']}_${filler}';\n`);
    expect(shown).toMatch(/const password = '\[redacted\]';\nconst key = '\[redacted\]';\n$/);
  });

  it.each(["\\n' +\n  '", "\\n' + '", '\\n\\\n', "',\n  '"])('is not shown when it is a private key whose lines are joined by code: %j', async (joint) => {
    const lines = [key('-----BEGIN PRIVATE', ` KEY-----\\n${filler}${filler}`), `${filler}${filler}`, key('-----END PRIVATE', ' KEY-----')];
    expect(await cut(`const pem = '${lines.join(joint)}';\n`)).toBeUndefined();
  });

  it.each([
    ['a private key over several lines', `const pem = \`${keys['private RSA']}\`;\n`, 'src/a.ts'],
    ['a file that holds keys by custom', 'A=1\n', '.env.production'],
    ['a list of keys', Array.from({ length: 6 }, (_, index) => `const k${index} = '${key('gh', 'p_', filler.slice(0, 35), String(index))}';\n`).join(''), 'src/a.ts'],
  ])('is not shown at all when it is %s', async (_, text, path) => {
    expect(await cut(text, path)).toBeUndefined();
  });
});
