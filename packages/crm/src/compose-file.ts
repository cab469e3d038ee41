import { parse } from 'yaml';
import { z } from 'zod';

const serviceSchema = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.unknown().optional(),
  privileged: z.boolean().default(false),
});
export type ComposeService = z.infer<typeof serviceSchema>;

const composeSchema = z.object({ services: z.record(z.string(), serviceSchema) });

/** The part of a compose file that the charter has a say in. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
}

/** @throws when the text is no compose file in the short syntax this project keeps to. */
export function readComposeFile(text: string): ComposeFile {
  return composeSchema.parse(parse(text));
}

/** `${NAME…}` anywhere in the text. */
export function variablesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? ''))].sort();
}
