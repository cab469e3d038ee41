export type LogLevel = 'info' | 'warn' | 'error';

export interface LogEntry {
  readonly level: LogLevel;
  /** Begins with where it comes from, e.g. `[ContactsRoute] created contact`. */
  readonly message: string;
  /** Ids and figures. Never a token, a body or anything a person typed. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

export type LogSink = (entry: LogEntry) => void;

export interface Logger {
  info(message: string, fields?: LogEntry['fields']): void;
  warn(message: string, fields?: LogEntry['fields']): void;
  error(message: string, error: unknown, fields?: LogEntry['fields']): void;
}

export function createLogger(sink: LogSink): Logger {
  return {
    info: (message, fields = {}) => sink({ level: 'info', message, fields }),
    warn: (message, fields = {}) => sink({ level: 'warn', message, fields }),
    error: (message, error, fields = {}) => sink({ level: 'error', message, fields, error }),
  };
}

/** `2026-03-02T09:14:07.412Z info  [ContactsRoute] created contact {"tenant":"…"}`, a stack on the lines below. */
export function formatLogEntry(entry: LogEntry, time: Date): string {
  const fields = Object.keys(entry.fields).length === 0 ? '' : ` ${JSON.stringify(entry.fields)}`;
  const line = `${time.toISOString()} ${entry.level.padEnd(5)} ${entry.message}${fields}`;
  if (entry.error === undefined) return line;
  const { error } = entry;
  return `${line}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
