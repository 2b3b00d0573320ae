import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { promisify } from 'node:util'
import { bundle, stopBundler } from '../lib/bundle.mjs'
import { localKeyVault } from '../lib/local-installation.mjs'
import { figure, median, settle } from './support/figures.mjs'
import { installation } from './support/installation.mjs'

const PROGRAM = 'build/bench-imports.mjs'
/** Rounds until both ways run at their steady speed: the longer one, ours, has the compiler beside it for some 150. */
const WARM_UP = 200
const ROUNDS = 150

/** Bare SDK and console's service by turns, in a process of their own, against one local vault. */
export async function run({ small = false } = {}) {
  const { local, databaseUrl } = await installation()
  mkdirSync('build', { recursive: true })
  await bundle('scripts/bench/support/measure-imports.ts', PROGRAM)
  await stopBundler()
  const { url, token } = localKeyVault(local)
  const env = {
    ...process.env,
    BENCH_DATABASE_URL: databaseUrl,
    BENCH_VAULT_URL: url,
    BENCH_TOKEN: JSON.stringify(token),
    BENCH_WARM_UP: String(small ? 10 : WARM_UP),
    BENCH_ROUNDS: String(small ? 10 : ROUNDS),
  }
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM], { env, timeout: 300_000 })
  const { bare, service, preflight, readBack } = JSON.parse(stdout)
  const [bareMs, serviceMs] = [median(bare), median(service)]
  // Round by round: of medians apart, each one's late rounds would be counted again.
  const lean = median(
    service.map((/** @type {number} */ ms, /** @type {number} */ at) => ms - preflight[at] - readBack[at]),
  )
  console.log(
    `  medians: bare ${bareMs.toFixed(1)} ms, service ${serviceMs.toFixed(1)} ms, of it preflight ${median(preflight).toFixed(1)} ms and read-back ${median(readBack).toFixed(1)} ms`,
  )
  figure('import by the service, preflight and read-back included, to the bare SDK import', serviceMs / bareMs, {
    most: 3,
  })
  figure('the same without preflight and read-back', lean / bareMs, { most: 1.5 })
  settle()
}
