/** Every identifier the query builder may ever put into SQL. What is not here cannot be named. */
const columnsByTable = {
  plans: ['code', 'name', 'max_users'],
  tenant: ['id', 'slug', 'name', 'plan_code', 'created_at'],
  users: ['id', 'tenant_id', 'email', 'full_name', 'role', 'status', 'created_at', 'updated_at'],
  accounts: ['id', 'tenant_id', 'account_number', 'name', 'industry', 'website', 'created_at', 'updated_at'],
  contacts: [
    'id', 'tenant_id', 'account_id', 'first_name', 'last_name', 'email', 'phone', 'job_title', 'archived_at', 'created_at', 'updated_at',
  ],
  activities: [
    'id', 'tenant_id', 'contact_id', 'owner_id', 'type', 'status', 'subject', 'notes', 'due_at', 'completed_at', 'created_at', 'updated_at',
  ],
  leads: [
    'id', 'tenant_id', 'first_name', 'last_name', 'company', 'email', 'phone', 'source', 'status', 'contact_id', 'created_at', 'updated_at',
  ],
  opportunities: [
    'id', 'tenant_id', 'account_id', 'owner_id', 'name', 'stage', 'amount_cents', 'closes_at', 'created_at', 'updated_at',
  ],
  campaigns: ['id', 'tenant_id', 'name', 'subject', 'body', 'status', 'started_at', 'created_at', 'updated_at'],
  campaign_recipients: [
    'id', 'tenant_id', 'campaign_id', 'contact_id', 'email', 'status', 'claimed_by', 'claimed_at', 'sent_at', 'created_at', 'updated_at',
  ],
  audit_log: ['id', 'tenant_id', 'actor_id', 'action', 'subject_id', 'created_at'],
  user_passwords: ['user_id', 'tenant_id', 'password_hash', 'created_at', 'updated_at'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TableName = keyof typeof columnsByTable;

/** @throws when the table has no such column: a mistake of the caller, or an attempt to smuggle SQL. */
export function quoteColumn(table: TableName, column: string): string {
  const columns: readonly string[] = columnsByTable[table];
  if (!columns.includes(column)) throw new Error(`Table ${table} has no column ${JSON.stringify(column)}.`);
  return `"${column}"`;
}

/** @throws when there is no such table. */
export function quoteTable(table: TableName): string {
  if (!Object.hasOwn(columnsByTable, table)) throw new Error(`There is no table ${JSON.stringify(table)}.`);
  return `public."${table}"`;
}
