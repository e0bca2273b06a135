/* Makes what the style sheets point to: fonts cut down to what Vietnamese and English need, and one
   sprite of the icons in use. Runs before Vite; the results are not committed. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const here = new URL('./', import.meta.url);
const fonts = new URL('../node_modules/@fontsource/be-vietnam-pro/files/', here);
const icons = new URL('../node_modules/lucide-static/icons/', here);
const out = new URL('./generated/', here);

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
const GLYPHS = {
  latin: [...range(0x20, 0x7e), ...'\u00a0«»°²³·×º½ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýäöüßçñ–—‘’“”…•€™©−≤≥'],
  vietnamese: [...range(0x1ea0, 0x1ef9), ...'ĂăĐđĨĩŨũƠơƯư₫\u0300\u0301\u0303\u0309\u0323'],
};
const ICONS = `arrow-left arrow-right arrow-up-right banknote bell bookmark bookmark-plus calendar calendar-days calendar-plus check
  chevron-down chevron-left chevron-right circle-check circle-x clock copy download external-link eye fingerprint history image info
  languages layout-grid link list list-filter lock-keyhole log-in log-out mail map-pin menu monitor moon pencil phone printer quote scan-line search
  send share-2 sun ticket triangle-alert trash-2 undo-2 user user-plus users video wifi-off x`.split(/\s+/);

async function slimFont(subset, weight) {
  const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
  const slim = await subsetFont(await readFile(new URL(name, fonts)), GLYPHS[subset].join(''), {
    targetFormat: 'woff2',
    keepFeatures: ['ccmp', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'tnum'],
  });
  await writeFile(new URL(`be-vietnam-pro-${subset}-${weight}.woff2`, out), slim);
}

async function symbol(name) {
  const svg = await readFile(new URL(`${name}.svg`, icons), 'utf8');
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '').replace(/\s+/g, ' ').trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}

await mkdir(out, { recursive: true });
for (const subset of Object.keys(GLYPHS)) {
  for (const weight of [400, 600, 800]) await slimFont(subset, weight);
}
const symbols = await Promise.all(ICONS.map(symbol));
await writeFile(
  new URL('icons.svg', out),
  `<!-- Lucide icons, ISC licence, lucide.dev/license --><svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`,
);
