-- The account is referenced together with its tenant: a contact can never hang on another tenant's account.
create table contacts (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  account_id uuid,
  first_name text not null,
  last_name text not null,
  email text,
  phone text,
  job_title text,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id),
  constraint contacts_account_fkey foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);

create unique index contacts_tenant_email_key on contacts (tenant_id, lower(email));
create index contacts_tenant_name on contacts (tenant_id, last_name);

create trigger contacts_touch before update on contacts for each row execute function touch_updated_at();

alter table contacts enable row level security;

create policy contacts_of_tenant on contacts for all to authenticated
  using (tenant_id = current_tenant_id())
  with check (tenant_id = current_tenant_id());

grant select, insert, update, delete on contacts to authenticated, service_role;
