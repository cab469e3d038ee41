import type { Row } from './connection';
import { parseOrFilter } from './or-filter';
import type { Filter, Operator, Query, Values } from './query';
import type { TableName } from './schema';

export interface DatabaseError {
  /** SQLSTATE, or `PGRST116` when a single row was asked for and there was none or more than one. */
  readonly code: string;
  readonly message: string;
  readonly constraint?: string;
}

export type QueryResult<Data> =
  | { readonly data: Data; readonly error: null; readonly count: number | null }
  | { readonly data: null; readonly error: DatabaseError; readonly count: null };

export type RunQuery = (query: Query) => Promise<QueryResult<readonly Row[]>>;

/**
 * supabase-js as far as this application speaks it. Steps change the builder they are called on, so both
 * `query = query.eq(…)` and `query.eq(…)` narrow it; awaiting it runs it. Faults of the data come back as `error`,
 * a lost database is thrown.
 */
export class QueryBuilder<Data> implements PromiseLike<QueryResult<Data>> {
  constructor(
    private readonly run: RunQuery,
    private readonly shape: (rows: readonly Row[]) => Data,
    private query: Query,
  ) {}

  /** Columns by name, comma-separated. After a write: what to give back of the rows written. */
  select(columns = '*', options: { readonly count?: 'exact' } = {}): this {
    const names = columns === '*' ? columns : columns.split(',').map((name) => name.trim());
    return this.with({ columns: names, counted: options.count === 'exact' });
  }

  insert(rows: Values | readonly Values[]): this {
    return this.with({ action: 'insert', columns: undefined, rows: isList(rows) ? rows : [rows] });
  }

  update(changes: Values): this {
    return this.with({ action: 'update', columns: undefined, changes });
  }

  delete(): this {
    return this.with({ action: 'delete', columns: undefined });
  }

  eq(column: string, value: unknown): this {
    return this.where(column, 'eq', value);
  }

  neq(column: string, value: unknown): this {
    return this.where(column, 'neq', value);
  }

  gt(column: string, value: unknown): this {
    return this.where(column, 'gt', value);
  }

  gte(column: string, value: unknown): this {
    return this.where(column, 'gte', value);
  }

  lt(column: string, value: unknown): this {
    return this.where(column, 'lt', value);
  }

  lte(column: string, value: unknown): this {
    return this.where(column, 'lte', value);
  }

  /** Case-insensitive pattern with the wildcards `%` and `_`. */
  ilike(column: string, pattern: string): this {
    return this.where(column, 'ilike', pattern);
  }

  is(column: string, value: boolean | null): this {
    return this.where(column, 'is', value);
  }

  in(column: string, values: readonly unknown[]): this {
    return this.where(column, 'in', values);
  }

  /** See `parseOrFilter`; text a person typed goes through `buildIlikeOrFilter`. */
  or(filter: string): this {
    return this.narrow({ any: parseOrFilter(filter) });
  }

  order(column: string, options: { readonly ascending?: boolean } = {}): this {
    return this.with({ order: [...this.query.order, { column, ascending: options.ascending ?? true }] });
  }

  /** Rows `from` to `to`, counted from 0, both inclusive. */
  range(from: number, to: number): this {
    return this.with({ offset: from, limit: to - from + 1 });
  }

  limit(rows: number): this {
    return this.with({ limit: rows });
  }

  /** Exactly one row; anything else is an error, and undoes a write. */
  single(): QueryBuilder<Row> {
    return new QueryBuilder(this.run, onlyRow, { ...this.query, cardinality: 'one' });
  }

  /** One row or null; more than one is an error, and undoes a write. */
  maybeSingle(): QueryBuilder<Row | null> {
    return new QueryBuilder(this.run, (rows) => rows[0] ?? null, { ...this.query, cardinality: 'at-most-one' });
  }

  then<Fulfilled = QueryResult<Data>, Rejected = never>(
    onFulfilled?: ((result: QueryResult<Data>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.fetch().then(onFulfilled, onRejected);
  }

  private async fetch(): Promise<QueryResult<Data>> {
    const result = await this.run(this.query);
    return result.error === null ? { ...result, data: this.shape(result.data) } : result;
  }

  private where(column: string, operator: Operator, value: unknown): this {
    return this.narrow({ column, operator, value });
  }

  private narrow(filter: Filter): this {
    return this.with({ filters: [...this.query.filters, filter] });
  }

  private with(change: Partial<Query>): this {
    this.query = { ...this.query, ...change };
    return this;
  }
}

/** Starts a query on a table: nothing selected, nothing filtered. */
export function queryTable(table: TableName, run: RunQuery): QueryBuilder<readonly Row[]> {
  return new QueryBuilder(run, (rows) => rows, {
    table, action: 'select', columns: '*', rows: [], changes: {}, filters: [], order: [], limit: undefined, offset: 0, counted: false, cardinality: 'many',
  });
}

function onlyRow(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('A single row was promised.');
  return row;
}

function isList(rows: Values | readonly Values[]): rows is readonly Values[] {
  return Array.isArray(rows);
}
