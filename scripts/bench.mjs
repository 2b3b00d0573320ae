// npm run bench [name …]: runs scripts/bench/*.bench.mjs, each of which prints its figures and fails when out of bounds.
import { stopInstallation } from './bench/support/installation.mjs'
import { runCommand } from './lib/problem.mjs'
import { runMeasurements } from './lib/run-measurements.mjs'

await runCommand(async () => {
  try {
    await runMeasurements('scripts/bench', '.bench.mjs')
  } finally {
    await stopInstallation()
  }
})
