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
  '**/nth-*',
  'broken-blobs*',
  'real-token*',
  'clock-and-vault-trouble*',
  'database-trouble*',
  'front/**',
  'oidc/**',
  'passkeys/**',
].flatMap((files) => ['--exclude', `lib/server/${files}`])

/** @typedef {() => Promise<StepResult>} Step */

/**
 * What takes minutes: of each group one step after the other, the groups of one lane side by side. A good part of every step is
 * waiting, for deadlines, restarts and answers that never come. The browsers go last and alone: they fill two processors.
 * @param {Record<string, string>} found @returns {Step[][][]}
 */
function longSteps(found) {
  const env = testEnvironment(found)
  /** @type {Step[]} */
  const databases = [
    () => runStep('migrations in step with the schema', ['scripts/migration.mjs', '--check']),
    () => runVitest('integration', ['--project', 'integration'], env),
  ]
  if (found['PostgreSQL 15']) {
    databases.push(() =>
      runVitest('database on PostgreSQL 15', ['--project', 'integration', 'lib/server', ...ABOUT_NO_SQL], {
        ...env,
        TEST_POSTGRES: 'debian',
      }),
    )
  }
  /** @type {Step[]} */
  const installations = []
  if (found.nginx) installations.push(() => runVitest('three consoles behind nginx', ['--project', 'consoles'], env))
  if (readdirSync('scripts/endure', { withFileTypes: true }).some((entry) => entry.name.endsWith('.endure.mjs')))
    installations.push(() => runStep('endurance, a small dose', ['scripts/endure.mjs', '--small']))
  // Made once and before: everything after it finds it made.
  const build = [[() => runStep('build', ['scripts/build.mjs'])]]
  return [
    build,
    [databases, installations],
    ...(found.Chromium ? [[[() => runPlaywright('end to end', [], env)]]] : []),
  ]
}

/** @param {Step[]} steps @param {StepResult[]} results */
async function runInTurn(steps, results) {
  for (const run of steps) {
    const result = await run()
    announceStep(result)
    results.push(result)
  }
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
  for (const lanes of longSteps(found)) await Promise.all(lanes.map((steps) => runInTurn(steps, results)))
  printTable(results)
  const skips = printSkips(results)
  for (const words of missing) console.log(`\nSKIPPED: ${words}.`)
  summarise(results, isCi() ? [...skips, ...missing] : [])
}
