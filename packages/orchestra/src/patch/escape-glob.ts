/** A granted path is one path, even when its name holds glob characters (`[id].tsx`). */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
}
