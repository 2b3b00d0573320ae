// npm run build:sealer: the offline sealer, one HTML file, and its SHA-256.
import { requireNode } from './lib/node-version.mjs'

requireNode()
const { installPackages, packagesAreInstalled } = await import('./lib/packages.mjs')
const { runCommand } = await import('./lib/problem.mjs')
const { step } = await import('./lib/progress.mjs')

await runCommand(async () => {
  if (!packagesAreInstalled()) await step('Installing packages', installPackages)
  const { stopBundler } = await import('./lib/bundle.mjs')
  const { buildSealer, SEALER_FILE } = await import('./lib/sealer.mjs')
  const { bytes, sha256 } = await step('Making the offline sealer', buildSealer)
  await stopBundler()
  console.log(`${SEALER_FILE}: ${bytes} bytes\n${sha256}  ${SEALER_FILE}`)
})
