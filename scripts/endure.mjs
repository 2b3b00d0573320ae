// npm run endure [name …] [--small]: runs scripts/endure/*.endure.mjs; `--small` is the dose that `npm test` takes.
import { runCommand } from './lib/problem.mjs'
import { runMeasurements } from './lib/run-measurements.mjs'

await runCommand(() => runMeasurements('scripts/endure', '.endure.mjs'))
