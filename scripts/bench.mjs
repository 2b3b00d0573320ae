// npm run bench [name …] [--small | --full]: runs scripts/bench/*.bench.mjs, each of which prints its figures and fails when
// out of bounds. `--full` takes the time that the bounds speak of, `--small` shows that it runs.
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
