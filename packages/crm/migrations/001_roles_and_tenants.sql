-- Roles as a Supabase project has them. Roles belong to the server, not to the database: another database on the
-- same server may have made them already, or be making them right now.
do $$
begin
  create role authenticated nologin noinherit;
exception when duplicate_object or unique_violation then null;
end $$;

do $$
begin
  create role service_role nologin noinherit bypassrls;
exception when duplicate_object or unique_violation then null;
end $$;

grant authenticated, service_role to current_user;
grant usage on schema public to authenticated, service_role;

-- The tenant of the verified token. After the first transaction on a connection the setting is '', not null,
-- and ''::json is an error.
create function current_tenant_id() returns uuid
language sql stable set search_path = ''
as $$
  select (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'tenant_id')::uuid
$$;

create function touch_updated_at() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- The one table that belongs to no tenant: what can be bought.
create table plans (
  code text primary key,
  name text not null,
  max_users integer not null check (max_users > 0)
);

insert into plans (code, name, max_users) values
  ('starter', 'Starter', 5),
  ('team', 'Team', 25),
  ('business', 'Business', 250);

create table tenant (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name text not null,
  plan_code text not null default 'starter' references plans (code),
  created_at timestamptz not null default now()
);

alter table plans enable row level security;
alter table tenant enable row level security;

create policy plans_read on plans for select to authenticated using (true);
create policy tenant_read on tenant for select to authenticated using (id = current_tenant_id());

grant select on plans, tenant to authenticated;
grant select, insert, update, delete on plans, tenant to service_role;
