/** Where the API is: the `crm-backend` meta of the page. Without it, where `npm run crm` and compose put it. */
export function readBackendUrl(page: Document): string {
  const named = page.querySelector('meta[name="crm-backend"]')?.getAttribute('content') ?? '';
  return /^https?:\/\//.test(named) ? named.replace(/\/+$/, '') : 'http://localhost:4001';
}
