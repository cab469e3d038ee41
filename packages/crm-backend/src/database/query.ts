import type { TableName } from './schema';

export type Operator = 'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte' | 'ilike' | 'is' | 'in';

export interface Condition {
  readonly column: string;
  readonly operator: Operator;
  /** A list for `in`; null, true or false for `is`. */
  readonly value: unknown;
}

/** Conditions hold together; those under `any` hold if one of them does. */
export type Filter = Condition | { readonly any: readonly Condition[] };

export type Values = Readonly<Record<string, unknown>>;

/** A query as plain data: written by the builder, read by the compiler. */
export interface Query {
  readonly table: TableName;
  readonly action: 'select' | 'insert' | 'update' | 'delete';
  /** Columns to give back; `*` for all; undefined for none (a write that nobody reads back). */
  readonly columns: readonly string[] | '*' | undefined;
  readonly rows: readonly Values[];
  readonly changes: Values;
  readonly filters: readonly Filter[];
  readonly order: readonly { readonly column: string; readonly ascending: boolean }[];
  readonly limit: number | undefined;
  readonly offset: number;
  /** Whether the number of all matching rows is wanted besides the page. */
  readonly counted: boolean;
  readonly cardinality: 'many' | 'one' | 'at-most-one';
}
