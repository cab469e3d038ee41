/** Temp file and rename. */

export async function writeFileAtomically(_path: string, _content: string | Uint8Array): Promise<void> {
  throw new Error('io/atomic-write.ts is not written yet');
}
