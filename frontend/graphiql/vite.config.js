import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('./'),
  base: './',
  logLevel: 'error',
  build: {
    outDir: path('../dist/graphiql'),
    emptyOutDir: true,
    // One script and one style sheet under plain names: the page that asks for them is a developer's own.
    rolldownOptions: {
      input: { graphiql: path('./main.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
      onwarn: () => {},
    },
  },
});
