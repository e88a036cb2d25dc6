import { defineConfig, devices } from '@playwright/test';

/** Of the server that the tests start. */
const PORT = Number(process.env['STRATA_PORT'] ?? 4199);
/** The browser `scripts/test.sh` found; without it, Playwright's own. */
const executablePath = process.env['STRATA_CHROMIUM'];

/** End-to-end tests: the built page, served as a static host would, in Chromium. */
export default defineConfig({
  testDir: 'tests/e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  // what passes at the second try only is named at the end of the run
  retries: process.env['CI'] === undefined ? 0 : 1,
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    baseURL: `http://127.0.0.1:${PORT}`,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
    // a trace of a page with Monaco in it takes longer than the test: ask for one with `--trace on`
    trace: 'off',
    screenshot: 'only-on-failure',
    // a worker that stores the whole page away for each test costs seconds: the tests of a page without a network allow it
    serviceWorkers: 'block',
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${PORT} --strictPort`,
    url: `http://127.0.0.1:${PORT}`,
    reuseExistingServer: false,
  },
});
