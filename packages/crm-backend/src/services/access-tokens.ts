import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

const claimsSchema = z.object({ sub: z.uuid(), tenant_id: z.uuid() });

/** Who a token speaks for. What that person may do is looked up, not taken from the token. */
export type AccessClaims = Readonly<z.infer<typeof claimsSchema>>;

export interface AccessTokens {
  /** `lifetime` as in `15m`, `8h`. */
  sign(claims: AccessClaims, lifetime?: string): Promise<string>;
  /** Undefined for whatever is not a valid, unexpired token of ours. */
  verify(token: string): Promise<AccessClaims | undefined>;
}

const issuer = 'aisha-crm';

/** HS256 tokens. The algorithm is fixed on both sides, so a token cannot choose a weaker one. */
export function createAccessTokens(secret: string): AccessTokens {
  const key = new TextEncoder().encode(secret);
  return {
    sign: ({ sub, tenant_id }, lifetime = '8h') =>
      new SignJWT({ tenant_id })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setIssuedAt()
        // Two tokens of one person and second must differ: signing out ends one of them.
        .setJti(randomUUID())
        .setExpirationTime(lifetime)
        .sign(key),
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], issuer });
        return claimsSchema.safeParse(payload).data;
      } catch {
        return undefined;
      }
    },
  };
}
