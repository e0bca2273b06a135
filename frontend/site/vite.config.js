import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('./'),
  base: './',
  css: {
    transformer: 'lightningcss',
    // Door staff and students bring the phone they have: iOS 15.4 and Android browsers of 2022.
    lightningcss: { targets: { chrome: 100 << 16, safari: (15 << 16) | (4 << 8), firefox: 100 << 16 } },
  },
  build: {
    outDir: path('../dist/site'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: false,
    rolldownOptions: {
      input: { main: path('./main.ts'), theme: path('./theme.ts'), tickets: path('./offline/worker.ts') },
    },
  },
});
