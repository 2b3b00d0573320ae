// npm run build: the console and the programs beside it, to be copied to wherever they run. `--packages-only` stops before.
import { requireNode } from './lib/node-version.mjs'

requireNode()
const { installPackages, packagesAreInstalled } = await import('./lib/packages.mjs')
const { runCommand } = await import('./lib/problem.mjs')
const { step } = await import('./lib/progress.mjs')

await runCommand(async () => {
  if (!packagesAreInstalled()) await step('Installing packages', installPackages)
  if (process.argv.includes('--packages-only')) return
  const { buildConsole, bundlePrograms, generateClient, isClientGenerated, isConsoleBuilt } = await import(
    './lib/build.mjs'
  )
  if (!isClientGenerated()) await step('Generating the database client', generateClient)
  await step('Making the programs', bundlePrograms)
  const { SEALER_FILE, sealerFacts } = await import('./lib/sealer.mjs')
  console.log(`  SHA-256 of the offline sealer: ${sealerFacts().sha256}  ${SEALER_FILE}`)
  if (!isConsoleBuilt()) await step('Building the console', buildConsole)
})
