import { z } from 'zod';

export const errorCodeSchema = z.enum([
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'too_many_requests',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export const errorDetailSchema = z.object({
  /** Dotted path into the request, empty for the request as a whole. */
  path: z.string(),
  message: z.string(),
});
export type ErrorDetail = z.infer<typeof errorDetailSchema>;

/** Every answer that is not a success, whatever the status. */
export const errorEnvelopeSchema = z.object({
  status: z.literal('error'),
  error: z.object({ code: errorCodeSchema, message: z.string(), details: z.array(errorDetailSchema).optional() }),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelopeSchema>;
