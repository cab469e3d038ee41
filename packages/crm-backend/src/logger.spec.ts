import { formatLogEntry } from './logger';

const time = new Date('2026-03-02T09:14:07.412Z');

describe('formatLogEntry', () => {
  it('writes one line with the fields at its end', () => {
    expect(formatLogEntry({ level: 'info', message: '[ContactsRoute] created contact', fields: { tenant: 't1' } }, time)).toBe(
      '2026-03-02T09:14:07.412Z info  [ContactsRoute] created contact {"tenant":"t1"}',
    );
  });

  it('puts the stack below', () => {
    const error = new Error('boom');
    expect(formatLogEntry({ level: 'error', message: '[ErrorHandler] failed', fields: {}, error }, time)).toBe(
      `2026-03-02T09:14:07.412Z error [ErrorHandler] failed\n${error.stack}`,
    );
  });
});
