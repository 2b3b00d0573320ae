import { readdirSync } from 'node:fs'
import { generateClient, isClientGenerated } from './build.mjs'
import { installPackages, packagesAreInstalled } from './packages.mjs'
import { providePrerequisites } from './prerequisites.mjs'
import { step } from './progress.mjs'
import { runQuickSteps } from './quick-steps.mjs'
import { announceStep, printSkips, printTable } from './report.mjs'
import { runPlaywright, runStep, runVitest } from './suite.mjs'

/** @typedef {import('./suite.mjs').StepResult} StepResult */

const isCi = () => /^(?:1|true)$/i.test(process.env.CI ?? '')

async function prepare() {
  if (!packagesAreInstalled()) await step('Installing packages', installPackages)
  if (!isClientGenerated()) await step('Generating the database client', generateClient)
  return providePrerequisites()
}

/** What tests look for by name. @param {Record<string, string>} found */
const testEnvironment = (found) => ({
  ...(found.Chromium ? { CHROMIUM_PATH: found.Chromium } : {}),
  ...(found.SoftHSM2 ? { SOFTHSM2_MODULE: found.SoftHSM2 } : {}),
})

/**
 * What another major version of the database can't change: who answers at the front, what providers and tokens say, a
 * database that is away. The sweeps are about our own statements' order, and take as long as the rest together.
 */
const ABOUT_NO_SQL = [
  'nth-*',
  'broken-blobs*',
  'real-token*',
  'clock-and-vault-trouble*',
  'database-trouble*',
  'front/**',
  'oidc/**',
  'passkeys/**',
].flatMap((files) => ['--exclude', `lib/server/${files}`])

/** One after the other: each of them fills two processors by itself. @param {Record<string, string>} found @returns {(() => Promise<StepResult>)[]} */
function longSteps(found) {
  const env = testEnvironment(found)
  const steps = [
    () => runStep('migrations in step with the schema', ['scripts/migration.mjs', '--check']),
    () => runVitest('integration', ['--project', 'integration'], env),
  ]
  if (found['PostgreSQL 15']) {
    steps.push(() =>
      runVitest('database on PostgreSQL 15', ['--project', 'integration', 'lib/server', ...ABOUT_NO_SQL], {
        ...env,
        TEST_POSTGRES: 'debian',
      }),
    )
  }
  if (found.nginx) steps.push(() => runVitest('three consoles behind nginx', ['--project', 'consoles'], env))
  if (found.Chromium) steps.push(() => runPlaywright('end to end', [], env))
  if (readdirSync('scripts/endure', { withFileTypes: true }).some((entry) => entry.name.endsWith('.endure.mjs'))) {
    steps.push(() => runStep('endurance, a small dose', ['scripts/endure.mjs', '--small']))
  }
  return steps
}

/** @param {StepResult[]} results @param {string[]} counted skips that count as failures */
function summarise(results, counted) {
  const sum = (/** @type {'passed' | 'failed'} */ what) => results.reduce((total, result) => total + result[what], 0)
  const failed = sum('failed') + counted.length
  console.log(`\n${sum('passed')} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

/** Everything, then a table, what was skipped, and one line. */
export async function testEverything() {
  const { found, missing } = await prepare()
  const results = await runQuickSteps(announceStep)
  for (const run of longSteps(found)) {
    const result = await run()
    announceStep(result)
    results.push(result)
  }
  printTable(results)
  const skips = printSkips(results)
  for (const words of missing) console.log(`\nSKIPPED: ${words}.`)
  summarise(results, isCi() ? [...skips, ...missing] : [])
}
