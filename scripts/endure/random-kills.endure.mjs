import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, stopBundler } from '../lib/bundle.mjs'

const PROGRAM = 'build/random-kills.mjs'

/** The console killed at random moments under load: a few in the dose, `DRAWBRIDGE_ENDURE_KILLS` (1,000) in full. */
export async function run({ small = false } = {}) {
  mkdirSync('build', { recursive: true })
  await bundle('scripts/endure/crash/random-suite.ts', PROGRAM)
  await stopBundler()
  const { killAtRandom } = await import(pathToFileURL(path.resolve(PROGRAM)).href)
  const kills = small ? 5 : Number(process.env.DRAWBRIDGE_ENDURE_KILLS ?? 1_000)
  await killAtRandom({ kills, perLook: small ? 5 : 25, workers: 6 })
}
