create table campaigns (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  name text not null,
  subject text not null,
  body text not null,
  status text not null default 'draft' check (status in ('draft', 'sending', 'done')),
  started_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id)
);

create index campaigns_status on campaigns (status) where status = 'sending';

create trigger campaigns_touch before update on campaigns for each row execute function touch_updated_at();

-- One message per contact and campaign. The address is kept as it was when the campaign was started.
-- pending -> claimed (by one worker) -> sent | failed
create table campaign_recipients (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  campaign_id uuid not null,
  contact_id uuid,
  email text not null,
  status text not null default 'pending' check (status in ('pending', 'claimed', 'sent', 'failed')),
  claimed_by text,
  claimed_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, campaign_id, contact_id),
  constraint recipients_campaign_fkey foreign key (tenant_id, campaign_id) references campaigns (tenant_id, id) on delete cascade,
  constraint recipients_contact_fkey foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete set null (contact_id),
  check ((status = 'sent') = (sent_at is not null)),
  check (status <> 'claimed' or (claimed_by is not null and claimed_at is not null))
);

create index recipients_campaign_status on campaign_recipients (tenant_id, campaign_id, status);

create trigger recipients_touch before update on campaign_recipients for each row execute function touch_updated_at();

alter table campaigns enable row level security;
alter table campaign_recipients enable row level security;

create policy campaigns_of_tenant on campaigns for all to authenticated
  using (tenant_id = current_tenant_id())
  with check (tenant_id = current_tenant_id());

create policy recipients_of_tenant on campaign_recipients for select to authenticated using (tenant_id = current_tenant_id());

grant select, insert, update, delete on campaigns to authenticated;
grant select on campaign_recipients to authenticated;
grant select, insert, update, delete on campaigns, campaign_recipients to service_role;
