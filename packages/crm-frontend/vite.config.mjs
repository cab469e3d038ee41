import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  // Workspace packages from source: what is built here is what lies beside it, and never a stale `dist`.
  resolve: { conditions: ['@aisha/source', ...defaultClientConditions] },
  build: {
    outDir: 'dist/pages',
    emptyOutDir: true,
    rolldownOptions: {
      // `use client` speaks to server components, of which there are none here.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: { port: 4000, strictPort: true },
});
