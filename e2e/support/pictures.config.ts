import { defineConfig } from '@playwright/test'
import base from '../../playwright.config'

/** `npm run screenshots`: the README's pictures, from a real journey through a fresh installation. */
export default defineConfig({
  ...base,
  testDir: '..',
  outputDir: '../../test-results/pictures',
  globalSetup: './global-setup.ts',
  globalTeardown: './global-teardown.ts',
  workers: 1,
  projects: [{ name: 'pictures', testMatch: 'pictures.ts' }],
})
