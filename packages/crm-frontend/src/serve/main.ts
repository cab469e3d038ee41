import { servePages } from './serve-pages';

/** The container: HOST, PORT and VITE_AISHACRM_BACKEND_URL as compose sets them. */
async function main(): Promise<void> {
  const backendUrl = process.env['VITE_AISHACRM_BACKEND_URL'];
  if (!backendUrl) throw new Error('VITE_AISHACRM_BACKEND_URL must be set.');
  const server = await servePages({ host: process.env['HOST'] ?? '127.0.0.1', port: Number(process.env['PORT'] ?? 5173), backendUrl });
  process.stdout.write(`Pages at ${server.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
