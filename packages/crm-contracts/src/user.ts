import { z } from 'zod';
import { paginationQuerySchema } from './pagination';
import { emailAddress, requiredText, timestamp } from './text';

/** `superadmin` may act in any tenant; it is given by operations, never through the API. */
export const userRoleSchema = z.enum(['member', 'manager', 'admin', 'superadmin']);
export type UserRole = z.infer<typeof userRoleSchema>;

export const userStatusSchema = z.enum(['active', 'deactivated']);
export type UserStatus = z.infer<typeof userStatusSchema>;

export const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  full_name: z.string(),
  role: userRoleSchema,
  status: userStatusSchema,
  created_at: timestamp,
  updated_at: timestamp,
});
export type User = z.infer<typeof userSchema>;

const grantableRole = userRoleSchema.exclude(['superadmin']);

export const userInputSchema = z.object({
  email: emailAddress,
  full_name: requiredText(120),
  role: grantableRole.default('member'),
});
export type UserInput = z.infer<typeof userInputSchema>;

export const userPatchSchema = z
  .object({ full_name: requiredText(120).optional(), role: grantableRole.optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field');
export type UserPatch = z.infer<typeof userPatchSchema>;

export const userListQuerySchema = paginationQuerySchema.extend({ status: userStatusSchema.optional() });
export type UserListQuery = z.infer<typeof userListQuerySchema>;

export const tenantSchema = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
export type Tenant = z.infer<typeof tenantSchema>;

/** GET /api/users/me: who is signed in, and where. */
export const sessionSchema = z.object({
  user: userSchema,
  tenant: tenantSchema.extend({ plan: z.object({ code: z.string(), name: z.string() }) }),
});
export type Session = z.infer<typeof sessionSchema>;
