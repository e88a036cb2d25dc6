import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { pageChunks } from './scripts/page-chunks.ts';
import { reference } from './scripts/reference/plugin.ts';
import { securityPolicy } from './scripts/security-policy.ts';

/** The editor's chunk is the largest file the page has; it must be kept for offline use too. */
const LARGEST_PRECACHED_BYTES = 8 << 20;

/**
 * The bundler. `base: './'` makes every address relative, so the built page works from any folder of any static host.
 *
 * Offline: the service worker keeps all of the page when it is first visited. Of the mirror it keeps what was fetched: blobs
 * are immutable and never asked for again; a tag may move, so the network is asked first and the kept answer serves without one.
 * The catalogue of packages is kept as it is used.
 */
export default defineConfig({
  base: './',
  plugins: [
    svelte(),
    reference(),
    securityPolicy(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      manifest: false,
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,png,ttf,webmanifest}'],
        globIgnores: ['mirror/**', 'catalogue/**'],
        maximumFileSizeToCacheInBytes: LARGEST_PRECACHED_BYTES,
        clientsClaim: true,
        runtimeCaching: [
          {
            urlPattern: /\/mirror\/blobs\//,
            handler: 'CacheFirst',
            options: { cacheName: 'mirror-blobs', cacheableResponse: { statuses: [200] } },
          },
          {
            urlPattern: /\/catalogue\//,
            handler: 'StaleWhileRevalidate',
            options: { cacheName: 'package-catalogue', cacheableResponse: { statuses: [200] } },
          },
          {
            urlPattern: /\/mirror\/index\.json$/,
            handler: 'NetworkFirst',
            options: {
              cacheName: 'mirror-index',
              cacheableResponse: { statuses: [200] },
              networkTimeoutSeconds: 5,
            },
          },
        ],
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: pageChunks(import.meta.dirname), includeDependenciesRecursively: false }],
        },
      },
    },
  },
  server: { port: 5173 },
  preview: { port: 4173 },
});
