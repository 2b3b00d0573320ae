import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** The system's Chromium where there is one, best without its windows (a third of the work); else the one that Playwright downloaded. */
const executablePath = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => file && existsSync(file))

/** A browser that talks to the console and to nobody else. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/support/global-setup.ts',
  globalTeardown: './e2e/support/global-teardown.ts',
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [
    { name: 'console', testIgnore: /\/policy\.spec\.ts$/ },
    // What it changes holds for every other spec's reviews: by `--no-deps` alone, else when all others are through.
    { name: 'alone', testMatch: /\/policy\.spec\.ts$/, dependencies: ['console'] },
  ],
  use: {
    // global-setup.ts puts it there before the first spec is loaded.
    baseURL: process.env.E2E_CONSOLE_URL,
    // Without pictures and copies of the page, which take as much as the browser itself: a failure leaves its page as text.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...quiet, ...asRoot] },
  },
})
