/** Folders and files that belong to the browser side by custom. Shared, because the backend takes them away from itself. */
export const frontendGlobs = [
  '**/*.{tsx,jsx,css,scss,sass,less,vue,svelte,html}',
  '**/{frontend,web,ui,client,webapp}/**',
  '**/*-{frontend,web,ui,client,webapp}/**',
  '**/{frontend,web,ui}-*/**',
  '**/{components,pages}/**',
] as const;

/** How the application is packed and started: the infra specialist's alone. */
export const deploymentGlobs = [
  '**/{docker-compose,compose}*.{yml,yaml}',
  '**/Dockerfile*',
  '**/*.Dockerfile',
  '**/.dockerignore',
  '**/.env.{example,sample,template}',
  '**/{infra,infrastructure,deploy,docker,nginx,k8s,helm,terraform}/**',
] as const;

/** Code whose faults are as often in its use as in itself, so backend and infra may both be asked. */
export const runtimeGlobs = [
  '**/*redis*.{conf,ts,mts,cts,js,mjs,cjs}',
  '**/*{cache,Cache}*.{ts,mts,cts,js,mjs,cjs}',
  '**/*{rate-limit,rateLimit,RateLimit,limiter,Limiter}*.{ts,mts,cts,js,mjs,cjs}',
] as const;

/** Server code, contracts and migrations, and every plain library that is not the browser's: somebody must own it. */
export const backendGlobs = [
  '**/*.{ts,mts,cts,js,mjs,cjs,sql}',
  '**/{backend,server,api,services,contracts,migrations}/**',
  '**/*-{backend,server,api,service,worker,contracts}/**',
  '**/{worker,workers}/**',
] as const;

/** The same globs as takings. */
export function taking(globs: readonly string[]): readonly string[] {
  return globs.filter((glob) => !glob.startsWith('!')).map((glob) => `!${glob}`);
}
