// The installable door app. Django serves its shell at /soat-ve/ and its service worker beside it;
// everything else lies under /static/app/ with hashed names.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

import { webManifest } from './manifest.ts';

const here = import.meta.dirname;
const shell = readFileSync(join(here, '../templates/app.html'));

export default defineConfig({
  root: here,
  base: '/static/app/',
  plugins: [
    svelte(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: webManifest,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['assets/*.{js,css,woff2}', 'icons/*.svg'],
        // The QR reader is fetched, and then kept, only by phones without a native one.
        globIgnores: ['assets/decoder.worker-*'],
        additionalManifestEntries: [
          { url: '/soat-ve/', revision: createHash('sha256').update(shell).digest('hex').slice(0, 16) },
        ],
      },
    }),
  ],
  css: {
    transformer: 'lightningcss',
    lightningcss: { targets: { chrome: 100 << 16, safari: (15 << 16) | (4 << 8), firefox: 100 << 16 } },
  },
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    manifest: 'assets.json',
    // The phones that people have: the same bound as the site's style sheets.
    target: ['chrome100', 'safari15.4', 'firefox100'],
    assetsInlineLimit: 0,
    rollupOptions: { input: join(here, 'src/main.ts') },
  },
  worker: { format: 'es' },
  server: { port: Number(process.env.PORT ?? 5173) },
});
