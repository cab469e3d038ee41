create table accounts (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  account_number text not null,
  name text not null,
  industry text,
  website text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id)
);

create unique index accounts_account_number_key on accounts (account_number);
create index accounts_tenant_name on accounts (tenant_id, name);

create trigger accounts_touch before update on accounts for each row execute function touch_updated_at();

alter table accounts enable row level security;

create policy accounts_of_tenant on accounts for all to authenticated
  using (tenant_id = current_tenant_id())
  with check (tenant_id = current_tenant_id());

grant select, insert, update, delete on accounts to authenticated, service_role;
