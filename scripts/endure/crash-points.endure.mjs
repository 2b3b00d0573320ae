import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, stopBundler } from '../lib/bundle.mjs'

const PROGRAM = 'build/crash-points.mjs'

/** The console killed at every point of import and enable: once each in the dose, `DRAWBRIDGE_ENDURE_ROUNDS` (50) times in full. */
export async function run({ small = false } = {}) {
  mkdirSync('build', { recursive: true })
  await bundle('scripts/endure/crash/points-suite.ts', PROGRAM)
  await stopBundler()
  const { killAtEveryPoint } = await import(pathToFileURL(path.resolve(PROGRAM)).href)
  await killAtEveryPoint(small ? 1 : Number(process.env.DRAWBRIDGE_ENDURE_ROUNDS ?? 50))
}
