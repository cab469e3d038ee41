import * as z from './zod';

/**
 * One file of a diff, with both texts. `base`/`head` are absent where the file does not exist on that side,
 * `null` where it is binary or larger than the reader's limit.
 */
export const changedFileSchema = z
  .object({
    path: z.string(),
    status: z.enum(['added', 'modified', 'deleted', 'renamed']),
    previousPath: z.string().optional(),
    base: z.string().nullable().optional(),
    head: z.string().nullable().optional(),
    /** The first 16 bytes in hex, where head is binary and not too large to be read: what kind of file it is, whatever its name says. */
    headStart: z.string().optional(),
    /** Line endings of the file in the working tree, where they are not those its attributes ask for; git stores it with LF all the same. */
    onDisk: z.enum(['crlf', 'mixed']).optional(),
    /** Git file modes, e.g. `100644`; a change of mode alone is a change. */
    baseMode: z.string().optional(),
    headMode: z.string().optional(),
  })
  .readonly();
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** Path → text: how sources enter the pure core. */
export type FileTexts = ReadonlyMap<string, string>;
