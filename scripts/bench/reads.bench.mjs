import { figure, median, quantile, settle } from './support/figures.mjs'
import { installation } from './support/installation.mjs'
import { MIX_WORDS, readMix } from './support/read-mix.mjs'
import { steadyLoad, tally } from './support/steady-load.mjs'

const PER_SECOND = 100

/** A hundred reads a second, for as long as asked: whether the slowest of a hundred is still quick, and none fails. */
export async function run({ small = false, full = false } = {}) {
  const seconds = small ? 5 : full ? 300 : 60
  const console_ = await installation()
  const next = await readMix(console_)
  await steadyLoad({ url: console_.url, perSecond: 20, seconds: small ? 2 : 10, next }) // warm
  const samples = await steadyLoad({ url: console_.url, perSecond: PER_SECOND, seconds, next })
  const times = samples.map(({ ms }) => ms)
  console.log(`  ${PER_SECOND}/s for ${seconds} s (of twenty: ${MIX_WORDS}): ${tally(samples)}`)
  for (const kind of new Set(samples.map((sample) => sample.kind))) {
    const own = samples.filter((sample) => sample.kind === kind).map(({ ms }) => ms)
    console.log(
      `    ${kind}: median ${median(own).toFixed(0)} ms, 99th percentile ${quantile(own, 0.99).toFixed(0)} ms`,
    )
  }
  figure('reads at 100/s, 99th percentile', quantile(times, 0.99), { most: 200, unit: ' ms', digits: 0 })
  figure('reads at 100/s that failed', samples.filter(({ status }) => status !== 200).length, { most: 0, digits: 0 })
  settle()
}
