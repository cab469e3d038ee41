-- Who did what. Nobody changes or deletes an entry, the service role included.
create table audit_log (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  -- No reference: an entry outlives what it speaks of, and a superadmin acts in tenants that are not theirs.
  actor_id uuid not null,
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  subject_id uuid not null,
  created_at timestamptz not null default now()
);

create index audit_log_tenant_time on audit_log (tenant_id, created_at desc);

alter table audit_log enable row level security;

create policy audit_log_read on audit_log for select to authenticated using (tenant_id = current_tenant_id());

grant select on audit_log to authenticated;
grant select, insert on audit_log to service_role;
