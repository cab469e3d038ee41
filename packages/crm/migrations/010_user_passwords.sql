-- Apart from users, so that no `select *` on people ever carries a hash. Row level security without a policy:
-- only the service role reads it.
create table user_passwords (
  user_id uuid primary key,
  tenant_id uuid not null references tenant (id),
  -- scrypt, as services/passwords.ts writes it: salt and hash, base64url, a dollar sign between them.
  password_hash text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_passwords_user_fkey foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);

create trigger user_passwords_touch before update on user_passwords for each row execute function touch_updated_at();

alter table user_passwords enable row level security;

grant select, insert, update, delete on user_passwords to service_role;
