import type { RuleFixture } from './rule-fixture';

const notes = `
create table notes (
  id uuid primary key,
  tenant_id uuid not null references tenant (id),
  body text not null
);
alter table notes enable row level security;

create policy notes_of_tenant on notes for all to authenticated
  using (tenant_id = current_tenant_id())
  with check (tenant_id = current_tenant_id());

-- Kept open on purpose, says nobody.
create policy labels_read on labels for select to authenticated using (true);
`;

const functions = `
create or replace function count_notes(wanted uuid) returns bigint
language sql stable security definer set search_path = ''
as $$ select count(*) from public.notes where tenant_id = wanted $$;

do $$
begin
  execute format('alter table %I enable row level security', 'notes');
end $$;

create function purge() returns void language sql security definer as $$ delete from public.labels $$;
`;

export const rowSecurityWeakenedFixtures: readonly RuleFixture[] = [
  {
    rule: 'row-security-weakened',
    path: 'packages/api/migrations/004_notes.sql',
    base: notes,
    debt: notes.replace('using (true)', 'using ( TRUE )').replace('body text not null', 'body text'),
    bad: notes.replace('with check (tenant_id = current_tenant_id())', 'with check (true)'),
    good: notes.replace("using (true);", "using (tenant_id = current_tenant_id());"),
    where: 'notes',
  },
  {
    rule: 'row-security-weakened',
    path: 'packages/api/migrations/005_functions.sql',
    base: functions,
    debt: functions.replace('count(*)', 'count(1)'),
    bad: functions.replace('enable row level', 'disable row level'),
    good: functions.replace(' security definer as', ' security invoker as'),
    where: '%i',
  },
];
