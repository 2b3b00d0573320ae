import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { freePort } from '../lib/free-port.mjs'
import { figure, median, settle } from './support/figures.mjs'
import { environmentOf, installation } from './support/installation.mjs'
import { MIX_WORDS, readMix } from './support/read-mix.mjs'
import { fullLoad } from './support/steady-load.mjs'

/** Three consoles, PostgreSQL and whoever asks want a core each; with fewer, three only share what one had. */
const ENOUGH_CORES = 6
const CONNECTIONS = 12

/** One more console on the same database. @param {import('./support/installation.mjs').Installation} first */
async function startAnother(first) {
  const port = await freePort()
  const child = spawn(process.execPath, ['build/console.mjs'], {
    cwd: first.checkout,
    env: { ...environmentOf(first), PORT: String(port), NEXT_MANUAL_SIG_HANDLE: 'true', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  const ready = () =>
    fetch(`${url}/readyz`).then(
      (answer) => answer.status === 200,
      () => false,
    )
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`another console ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve)
      child.kill('SIGTERM')
    })
  return { url, stop }
}

/** As many reads as three consoles carry, to as many as one does, by turns. */
export async function run({ small = false, full = false } = {}) {
  const [seconds, rounds] = small ? [2, 1] : full ? [15, 4] : [6, 3]
  const first = await installation()
  const others = [await startAnother(first), await startAnother(first)]
  try {
    const next = await readMix(first)
    const rate = async (/** @type {string[]} */ urls) => {
      const { perSecond, failed } = await fullLoad({ urls, connections: CONNECTIONS, seconds, next })
      if (failed > 0) throw new Error(`${failed} reads failed`)
      return perSecond
    }
    const all = [first.url, ...others.map(({ url }) => url)]
    await rate(all) // warm
    /** @type {number[]} */
    const ones = []
    /** @type {number[]} */
    const threes = []
    for (let round = 0; round < rounds; round += 1) {
      ones.push(await rate([first.url]))
      threes.push(await rate(all))
    }
    const cores = availableParallelism()
    console.log(
      `  one ${median(ones).toFixed(0)}/s, three ${median(threes).toFixed(0)}/s on ${cores} cores, ${CONNECTIONS} connections (of twenty: ${MIX_WORDS})`,
    )
    figure(`reads of three consoles to those of one, on ${cores} cores`, median(threes) / median(ones), {
      least: cores >= ENOUGH_CORES ? 2.2 : 0.9,
    })
    settle()
  } finally {
    await Promise.all(others.map(({ stop }) => stop()))
  }
}
