import { readConfig } from './config';

const secret = 'x'.repeat(32);

describe('readConfig', () => {
  it('needs nothing but a secret', () => {
    expect(readConfig({ JWT_SECRET: secret })).toMatchObject({
      host: '127.0.0.1', port: 3001, databaseUrl: undefined, rateLimit: { max: 120, windowMs: 60_000 },
    });
  });

  it('takes an empty variable for an absent one, as compose hands it over', () => {
    expect(readConfig({ JWT_SECRET: secret, DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: undefined, port: 3001 });
  });

  it('names all faults at once, and no value', () => {
    expect(() => readConfig({ JWT_SECRET: 'short', PORT: 'http' })).toThrow(/PORT .*JWT_SECRET must have at least 32 characters/);
    expect(() => readConfig({ JWT_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
    expect(() => readConfig({})).toThrow('JWT_SECRET must be set');
  });
});
