// What a phone needs to install the app: name, colours, icons.
import type { ManifestOptions } from 'vite-plugin-pwa';

export const webManifest: Partial<ManifestOptions> = {
  id: '/soat-ve/',
  start_url: '/soat-ve/',
  scope: '/soat-ve/',
  name: 'Soát vé · Startup Hải Phòng',
  short_name: 'Soát vé',
  description: 'Soát vé ở cửa bằng điện thoại: quét mã QR, biết ngay ai được vào.',
  lang: 'vi',
  dir: 'ltr',
  display: 'standalone',
  theme_color: '#0b2b3a',
  background_color: '#0b2b3a',
  icons: [
    { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};
