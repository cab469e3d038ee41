import { readFile } from 'node:fs/promises';
import type * as z from '../model/zod';
import { OrchestraError } from '../model';
import { readOnce } from '../model/read-once';

/** The text, or `undefined` when there is no such file. */
export async function readTextIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new OrchestraError('world', `${path} could not be read: ${message}.`, { cause });
  }
}

/**
 * A JSON file of ours, checked. A record that was cut off or edited by hand is never half believed.
 * @returns `undefined` when there is no such file
 * @throws OrchestraError naming the file and the first things wrong with it
 */
export async function readJsonIfPresent<T>(path: string, schema: z.ZodType<T>, kind?: 'world' | 'input'): Promise<T | undefined> {
  return readLaterIfPresent(path, async () => schema, kind);
}

/** The same with a schema that is loaded only for a file that is there. */
export async function readLaterIfPresent<T>(path: string, loadSchema: () => Promise<z.ZodType<T>>, kind: 'world' | 'input' = 'world'): Promise<T | undefined> {
  const text = await readTextIfPresent(path);
  if (text === undefined) return undefined;
  const result = (await loadSchema()).safeParse(parseJson(text), readOnce);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new OrchestraError(kind, `${path} is not what it should be (${issues.join('; ')}). Restore it, or delete it and run the step again.`, { cause: result.error });
}

/** `undefined` for what is no JSON: the schema then refuses it with the file's name, and no piece of the text is quoted. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
