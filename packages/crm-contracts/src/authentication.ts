import { z } from 'zod';
import { emailAddress } from './text';
import { tenantSchema, userSchema } from './user';

/** Body of POST /api/auth/sign-in. An address belongs to one person per tenant, so the tenant is named too, by its slug. */
export const signInInputSchema = z.object({
  tenant: z.string().trim().toLowerCase().min(1).max(63),
  email: emailAddress,
  password: z.string().min(1).max(200),
});
export type SignInInput = z.infer<typeof signInInputSchema>;

export const signInSchema = z.object({ token: z.string(), user: userSchema, tenant: tenantSchema });
export type SignIn = z.infer<typeof signInSchema>;
