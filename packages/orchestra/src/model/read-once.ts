/**
 * For zod, where one value is read with a schema and not thousands: compiling the reader of a schema takes longer than such a reading.
 */
export const readOnce = { jitless: true } as const;
