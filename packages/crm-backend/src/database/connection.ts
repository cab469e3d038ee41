export type Row = Readonly<Record<string, unknown>>;

export interface SqlSession {
  /** One statement with `$1…` parameters. Points in time come back as ISO 8601 text in UTC, as PostgREST gives them. */
  query(text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  /** A script of several statements, without parameters. */
  execute(script: string): Promise<void>;
}

/** A Postgres, embedded or elsewhere. */
export interface SqlConnection {
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** OID of `timestamptz`, the only type both drivers would turn into something else than text or a plain value. */
export const timestamptzOid = 1184;
export const toIsoTime = (text: string): string => new Date(text).toISOString();
