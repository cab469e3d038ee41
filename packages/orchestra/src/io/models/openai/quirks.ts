import { join } from 'node:path';
import * as z from '../../../model/zod';
import { writeFileAtomically } from '../../atomic-write';
import { localFolder } from '../../local-state';
import { readTextIfPresent } from '../../read-json';

/** What a compatible server does differently, found out by its own refusals. */
const quirksSchema = z.strictObject({
  /** Parameters that it does not take. */
  leftOut: z.array(z.string()),
  limitName: z.enum(['max_completion_tokens', 'max_tokens']),
  stream: z.boolean(),
});
export type Quirks = z.infer<typeof quirksSchema>;
export const noQuirks: Quirks = { leftOut: [], limitName: 'max_completion_tokens', stream: true };

/** Never given up: without them the request is another one. */
const essential = new Set(['model', 'messages', 'stream', 'max_tokens', 'max_completion_tokens']);

/**
 * The quirks to try after a refusal that names one of the parameters we sent; `undefined` when it names none. Each step takes
 * something away for good, so that there are at most as many steps as parameters.
 *
 * @param body what was sent
 * @param refusal the parameter that the server names, and its message
 */
export function learnFrom(body: Readonly<Record<string, unknown>>, refusal: { readonly parameter: string | undefined; readonly message: string }, quirks: Quirks): Quirks | undefined {
  const named = (name: string): boolean => refusal.parameter === name || new RegExp(`(?<![\\w.])${escape(name)}(?![\\w])`).test(refusal.message);
  if ('max_completion_tokens' in body && named('max_completion_tokens')) return { ...quirks, limitName: 'max_tokens' };
  if ('max_tokens' in body && named('max_tokens') && quirks.limitName === 'max_tokens') return { ...quirks, leftOut: [...quirks.leftOut, 'max_tokens'].sort() };
  const optional = Object.keys(body).filter((name) => !essential.has(name)).find(named);
  if (optional !== undefined) return { ...quirks, leftOut: [...quirks.leftOut, optional].sort() };
  return body['stream'] === true && /\bstream(?:ing)?\b/i.test(`${refusal.parameter ?? ''} ${refusal.message}`) ? { ...quirks, stream: false } : undefined;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const path = `${localFolder}/quirks.json`;
const storeSchema = z.record(z.string(), quirksSchema);

/** Remembered per endpoint and model. A file that cannot be read is forgotten: it only saves a few refused requests. */
export function createQuirkMemory(root: string): { recall(key: string): Promise<Quirks>; remember(key: string, quirks: Quirks): Promise<void> } {
  const readAll = async (): Promise<Readonly<Record<string, Quirks>>> => {
    try {
      return storeSchema.parse(JSON.parse((await readTextIfPresent(join(root, path))) ?? '{}'));
    } catch {
      return {};
    }
  };
  return {
    recall: async (key) => (await readAll())[key] ?? noQuirks,
    remember: async (key, quirks) => {
      const all = Object.entries({ ...(await readAll()), [key]: quirks }).sort(([a], [b]) => (a < b ? -1 : 1));
      await writeFileAtomically(join(root, path), `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`, { durable: false });
    },
  };
}
