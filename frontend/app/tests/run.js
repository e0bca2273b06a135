// Runs the app's own tests in Node, with Vite reading the TypeScript: npm run test:app.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { runnerImport } from 'vite';

const here = import.meta.dirname;
for (const name of readdirSync(here).filter((each) => each.endsWith('.test.ts'))) {
  await runnerImport(join(here, name), { configFile: false, root: join(here, '..') });
}
