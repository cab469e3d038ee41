import { SignJWT, UnsecuredJWT } from 'jose';
import { createAccessTokens } from './access-tokens';

const secret = 'a secret of this test, long enough';
const claims = { sub: '00000000-0000-4000-8000-000000000001', tenant_id: '00000000-0000-4000-8000-000000000002' };
const key = new TextEncoder().encode(secret);
const tokens = createAccessTokens(secret);

describe('access tokens', () => {
  it('come back as the claims they were signed with', async () => {
    expect(await tokens.verify(await tokens.sign(claims))).toEqual(claims);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['one that has expired', () => tokens.sign(claims, '-1m')],
    ['one without a signature', () => new UnsecuredJWT({ ...claims }).setIssuer('aisha-crm').encode()],
    ['one of another algorithm', () => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS512' }).setIssuer('aisha-crm').sign(key)],
    ['one of another issuer', () => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setIssuer('elsewhere').sign(key)],
    ['one without a tenant', () => new SignJWT({ sub: claims.sub }).setProtectedHeader({ alg: 'HS256' }).setIssuer('aisha-crm').sign(key)],
  ])('are refused: %s', async (_case, token) => {
    expect(await tokens.verify(await token())).toBeUndefined();
  });
});
