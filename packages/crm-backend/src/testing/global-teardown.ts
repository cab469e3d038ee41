import { rm } from 'node:fs/promises';

export default async function globalTeardown(): Promise<void> {
  const directory = process.env['CRM_PGLITE_TEMPLATE'];
  if (directory) await rm(directory, { recursive: true });
}
