import { z } from 'zod';

/** Free text that must say something; surrounding white space is a slip of the keyboard. */
export const requiredText = (max: number) => z.string().trim().min(1, 'must not be empty').max(max);

/** Free text that may be cleared: an empty field in a form means "nothing known". */
export const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullable()
    .transform((text) => (text === '' ? null : text));

/** Addresses are compared by what reaches the mailbox, and no mailbox in use tells case apart. */
export const emailAddress = z.string().trim().toLowerCase().pipe(z.email().max(254));

/** Stored as digits with an optional leading +, whatever separators were typed. */
export const phoneNumber = z
  .string()
  .trim()
  .regex(/^\+?[\d\s()./-]{5,30}$/, 'must be a phone number, e.g. "+44 20 7946 0018"')
  .transform((text) => text.replace(/[^\d+]/g, ''));

/** Points in time travel as ISO 8601 in UTC. */
export const timestamp = z.iso.datetime();
