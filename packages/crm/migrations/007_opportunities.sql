create table opportunities (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  account_id uuid,
  owner_id uuid not null,
  name text not null,
  stage text not null default 'prospect' check (stage in ('prospect', 'proposal', 'negotiation', 'won', 'lost')),
  amount_cents integer not null default 0 check (amount_cents >= 0),
  closes_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id),
  constraint opportunities_account_fkey foreign key (tenant_id, account_id) references accounts (tenant_id, id),
  constraint opportunities_owner_fkey foreign key (tenant_id, owner_id) references users (tenant_id, id)
);

create index opportunities_tenant_stage on opportunities (tenant_id, stage);

create trigger opportunities_touch before update on opportunities for each row execute function touch_updated_at();

alter table opportunities enable row level security;

create policy opportunities_of_tenant on opportunities for all to authenticated
  using (tenant_id = current_tenant_id())
  with check (tenant_id = current_tenant_id());

grant select, insert, update, delete on opportunities to authenticated, service_role;
