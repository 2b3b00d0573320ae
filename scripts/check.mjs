// npm run check: the quick loop. Types, lint, format, import direction, unit; within a minute.
import { requireNode } from './lib/node-version.mjs'

requireNode()
const { installPackages, packagesAreInstalled } = await import('./lib/packages.mjs')
const { generateClient, isClientGenerated } = await import('./lib/build.mjs')
const { runCommand } = await import('./lib/problem.mjs')
const { announceStep, printSkips } = await import('./lib/report.mjs')
const { runQuickSteps } = await import('./lib/quick-steps.mjs')

await runCommand(async () => {
  if (!packagesAreInstalled()) await installPackages()
  if (!isClientGenerated()) await generateClient()
  const results = await runQuickSteps(announceStep)
  printSkips(results)
  const failed = results.filter(({ ok }) => !ok)
  console.log(failed.length === 0 ? '\nAll is well.' : `\nNot well: ${failed.map(({ name }) => name).join(', ')}.`)
  process.exitCode = failed.length === 0 ? 0 : 1
})
