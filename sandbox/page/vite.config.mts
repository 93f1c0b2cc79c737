import { defineConfig } from 'vite';

/** `npx vite build sandbox/page` writes `sandbox/page/dist`, which the sandbox serves as it is. */
export default defineConfig({
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 800 },
});
