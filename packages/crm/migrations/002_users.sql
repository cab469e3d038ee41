create table users (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  email text not null,
  full_name text not null,
  role text not null default 'member' check (role in ('member', 'manager', 'admin', 'superadmin')),
  status text not null default 'active' check (status in ('active', 'deactivated')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id)
);

create unique index users_tenant_email_key on users (tenant_id, lower(email));

create trigger users_touch before update on users for each row execute function touch_updated_at();

alter table users enable row level security;

create policy users_read on users for select to authenticated using (tenant_id = current_tenant_id());

grant select on users to authenticated;
grant select, insert, update, delete on users to service_role;
