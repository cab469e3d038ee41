import type { Condition, Filter, Operator, Query } from './query';
import { quoteColumn, quoteTable, type TableName } from './schema';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Bind = (value: unknown) => string;

const sqlOperators: Readonly<Record<Exclude<Operator, 'in' | 'is'>, string>> = {
  eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=', ilike: 'ilike',
};

/** The query as SQL: values only ever as parameters, identifiers only from the schema. */
export function compileQuery(query: Query): Statement {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  return { text: compileAction(query, bind), values };
}

/** How many rows match, whatever page was asked for. */
export function compileCount(query: Query): Statement {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  return { text: `select count(*)::int as count from ${quoteTable(query.table)}${where(query, bind)}`, values };
}

function compileAction(query: Query, bind: Bind): string {
  const table = quoteTable(query.table);
  switch (query.action) {
    case 'select':
      return `select ${columnList(query)} from ${table}${where(query, bind)}${orderBy(query)}${page(query, bind)}`;
    case 'insert':
      return `insert into ${table} ${insertedRows(query, bind)}${returning(query)}`;
    case 'update':
      return `update ${table} set ${assignments(query, bind)}${guardedWhere(query, bind)}${returning(query)}`;
    case 'delete':
      return `delete from ${table}${guardedWhere(query, bind)}${returning(query)}`;
  }
}

function columnList({ table, columns }: Query): string {
  return columns === undefined || columns === '*' ? '*' : columns.map((column) => quoteColumn(table, column)).join(', ');
}

function returning(query: Query): string {
  return query.columns === undefined ? '' : ` returning ${columnList(query)}`;
}

function insertedRows({ table, rows }: Query, bind: Bind): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((column) => row[column] !== undefined)))];
  const tuples = rows.map((row) => `(${columns.map((column) => (row[column] === undefined ? 'default' : bind(row[column]))).join(', ')})`);
  return `(${columns.map((column) => quoteColumn(table, column)).join(', ')}) values ${tuples.join(', ')}`;
}

function assignments({ table, changes }: Query, bind: Bind): string {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (entries.length === 0) throw new Error(`An update of ${table} must change something.`);
  return entries.map(([column, value]) => `${quoteColumn(table, column)} = ${bind(value)}`).join(', ');
}

/** A write without any condition would take the whole table with it; no route has a reason to. */
function guardedWhere(query: Query, bind: Bind): string {
  if (query.filters.length === 0) throw new Error(`Refusing to ${query.action} every row of ${query.table}.`);
  return where(query, bind);
}

function where({ table, filters }: Query, bind: Bind): string {
  if (filters.length === 0) return '';
  return ` where ${filters.map((filter) => compileFilter(table, filter, bind)).join(' and ')}`;
}

function compileFilter(table: TableName, filter: Filter, bind: Bind): string {
  if (!('any' in filter)) return compileCondition(table, filter, bind);
  return `(${filter.any.map((condition) => compileCondition(table, condition, bind)).join(' or ')})`;
}

function compileCondition(table: TableName, { column, operator, value }: Condition, bind: Bind): string {
  const quoted = quoteColumn(table, column);
  if (operator === 'in') return compileMembership(quoted, value, bind);
  if (operator === 'is') return `${quoted} is ${truthKeyword(value)}`;
  return `${quoted} ${sqlOperators[operator]} ${bind(value)}`;
}

function compileMembership(quoted: string, value: unknown, bind: Bind): string {
  if (!Array.isArray(value)) throw new Error('`in` needs a list.');
  return value.length === 0 ? 'false' : `${quoted} in (${value.map((item: unknown) => bind(item)).join(', ')})`;
}

function truthKeyword(value: unknown): string {
  if (value === null || value === true || value === false) return String(value);
  throw new Error('`is` takes null, true or false.');
}

function orderBy({ table, order }: Query): string {
  if (order.length === 0) return '';
  return ` order by ${order.map(({ column, ascending }) => `${quoteColumn(table, column)} ${ascending ? 'asc' : 'desc'}`).join(', ')}`;
}

function page({ limit, offset }: Query, bind: Bind): string {
  return `${limit === undefined ? '' : ` limit ${bind(limit)}`}${offset === 0 ? '' : ` offset ${bind(offset)}`}`;
}
