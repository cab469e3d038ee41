create table leads (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  first_name text not null,
  last_name text not null,
  company text,
  email text,
  phone text,
  source text not null default 'other' check (source in ('web', 'referral', 'event', 'other')),
  status text not null default 'new' check (status in ('new', 'working', 'unqualified', 'converted')),
  contact_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id),
  -- The contact may be deleted later; that it was converted stays true.
  constraint leads_contact_fkey foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete set null (contact_id)
);

create index leads_tenant_status on leads (tenant_id, status);

create trigger leads_touch before update on leads for each row execute function touch_updated_at();

alter table leads enable row level security;

create policy leads_of_tenant on leads for all to authenticated
  using (tenant_id = current_tenant_id())
  with check (tenant_id = current_tenant_id());

grant select, insert, update, delete on leads to authenticated, service_role;
