// npm run bench [name …]: runs scripts/bench/*.bench.mjs, each of which prints its figures and fails when out of bounds.
import { runCommand } from './lib/problem.mjs'
import { runMeasurements } from './lib/run-measurements.mjs'

await runCommand(() => runMeasurements('scripts/bench', '.bench.mjs'))
