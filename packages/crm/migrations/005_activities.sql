create table activities (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  contact_id uuid,
  owner_id uuid not null,
  type text not null check (type in ('call', 'email', 'meeting', 'task')),
  status text not null default 'planned' check (status in ('planned', 'done', 'cancelled')),
  subject text not null,
  notes text,
  due_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint activities_contact_fkey foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
  constraint activities_owner_fkey foreign key (tenant_id, owner_id) references users (tenant_id, id),
  check ((status = 'done') = (completed_at is not null))
);

create index activities_tenant_due on activities (tenant_id, due_at);

create trigger activities_touch before update on activities for each row execute function touch_updated_at();

alter table activities enable row level security;

create policy activities_of_tenant on activities for all to authenticated
  using (tenant_id = current_tenant_id())
  with check (tenant_id = current_tenant_id());

grant select, insert, update, delete on activities to authenticated, service_role;
