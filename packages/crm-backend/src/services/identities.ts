import type { UserRole } from '@aisha/crm-contracts';
import { userSchema } from '@aisha/crm-contracts';
import type { DatabaseClient } from '../database/database-client';
import type { AccessClaims } from './access-tokens';

/** A signed-in person, as the middleware and the handlers see them. */
export interface Identity {
  readonly id: string;
  readonly tenantId: string;
  readonly role: UserRole;
}

export interface Identities {
  /** Undefined when the claims name nobody who may sign in. */
  find(claims: AccessClaims): Promise<Identity | undefined>;
  /** To be called when what `find` would answer has changed. */
  forget(userId: string): void;
}

/** Every request asks who is calling; the answer rarely changes, so it is kept for five minutes. */
const lifetimeMs = 5 * 60_000;

export function createIdentities(database: DatabaseClient, now: () => Date): Identities {
  const known = new Map<string, { readonly identity: Identity; readonly until: number }>();

  async function read({ sub, tenant_id }: AccessClaims): Promise<Identity | undefined> {
    const { data, error } = await database
      .from('users')
      .select('*')
      .eq('tenant_id', tenant_id)
      .eq('id', sub)
      .eq('status', 'active')
      .maybeSingle();
    if (error) throw new Error(`[Identities] cannot read user: ${error.message}`);
    return data === null ? undefined : { id: sub, tenantId: tenant_id, role: userSchema.parse(data).role };
  }

  return {
    find: async (claims) => {
      const kept = known.get(claims.sub);
      if (kept !== undefined && kept.until > now().getTime() && kept.identity.tenantId === claims.tenant_id) return kept.identity;
      const identity = await read(claims);
      if (identity !== undefined) known.set(claims.sub, { identity, until: now().getTime() + lifetimeMs });
      return identity;
    },
    forget: (userId) => void known.delete(userId),
  };
}
