import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/**
 * Three projects: `node` runs every `*.test.ts` beside the code, `interop` those beside real registries and tools; `browser`
 * runs what needs a real IndexedDB or DOM, in Chromium. STRATA_CHROMIUM names the browser; `scripts/test.sh` finds one.
 */
const executablePath = process.env['STRATA_CHROMIUM'];

const NODE = {
  environment: 'node',
  testTimeout: 30_000,
  // one for each core: by default one is left to the runner, which hardly works
  maxWorkers: '100%',
  // files share their modules: to load the engine anew for each takes longer than to test it
  isolate: false,
} as const;

export default defineConfig({
  plugins: [svelte()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...NODE,
          name: 'node',
          setupFiles: ['tests/fuzz/seed.ts'],
          include: ['worker/**/*.test.ts', 'web/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', 'tests/e2e/**', 'tests/interop/**', 'node_modules/**'],
        },
      },
      {
        extends: true,
        test: { ...NODE, name: 'interop', include: ['tests/interop/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: ['tests/e2e/**', 'node_modules/**'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath ? { executablePath } : {}),
                args: [
                  '--no-sandbox',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
