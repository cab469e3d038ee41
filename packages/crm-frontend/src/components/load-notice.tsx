import type { Resource } from '../hooks/use-resource';

/** What is to be said about a load: that it runs, or why it failed. */
export function LoadNotice({ of }: { readonly of: Pick<Resource<unknown>, 'error' | 'isLoading'> }) {
  if (of.error !== undefined) return <p role="alert">{of.error}</p>;
  return of.isLoading ? <p role="status">Loading…</p> : null;
}
