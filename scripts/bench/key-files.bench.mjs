import { createCipheriv, generateKeyPairSync, randomBytes } from 'node:crypto'
import { aeskwp } from '@noble/ciphers/aes.js'
import { bundleForWorker } from '../chromium/bundle-for-worker.mjs'
import { figure, median, settle } from './support/figures.mjs'
import { encryptedPkcs8, mixedKeyFiles } from './support/mixed-key-files.mjs'
import { inUndebuggedPage } from './support/undebugged-page.mjs'

const ITERATIONS = 600_000
const PASSPHRASE = 'a passphrase of the bench'

/** @typedef {{ job: 'seal', file: Buffer, passphrase?: Buffer, times: number } | { job: 'derive', iterations: number, times: number }} Job */
/** @typedef {(jobs: Job[], lanes?: number) => Promise<{ took: number[][], all: number, lanes: number }>} Measure */

/** How long AES-KWP of an RSA-4096 PKCS#8 takes to OpenSSL's, by turns. @param {number} rounds */
function wrapRatio(rounds) {
  const [key, content, iv] = [randomBytes(32), randomBytes(2374), Buffer.from('A65959A6', 'hex')]
  const theirs = () => {
    const cipher = createCipheriv('id-aes256-wrap-pad', key, iv)
    return Buffer.concat([cipher.update(content), cipher.final()])
  }
  const timed = (/** @type {() => unknown} */ wrap) => {
    const began = performance.now()
    wrap()
    return performance.now() - began
  }
  const ours = () => aeskwp(key).encrypt(content)
  for (let round = 0; round < 200; round++) [ours, theirs].map(timed)
  const pairs = Array.from({ length: rounds }, () => [timed(ours), timed(theirs)])
  return median(pairs.map(([our = 0]) => our)) / median(pairs.map(([, their = 0]) => their))
}

/** A page of Chromium that measures. @param {(measure: Measure) => Promise<void>} use */
async function inChromium(use) {
  const bundled = (/** @type {string} */ name) =>
    bundleForWorker({ contents: `import './scripts/bench/support/key-files-${name}.ts'`, name })
  const files = new Map([...(await bundled('worker')), ...(await bundled('page'))])
  await inUndebuggedPage(files, (perform) => use((jobs, lanes) => perform({ jobs: jobs.map(asText), lanes })))
}

/** Bytes cross to the page as base64. @param {Job} job */
const asText = (job) =>
  job.job === 'derive'
    ? job
    : { ...job, file: job.file.toString('base64'), passphrase: job.passphrase?.toString('base64') }

/** One key, one worker. @param {Measure} measure @param {boolean} small */
async function measureOne(measure, small) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 })
  const file = privateKey.export({ type: 'pkcs8', format: 'der' })
  const { took } = await measure([{ job: 'seal', file, times: small ? 20 : 100 }], 1)
  figure('RSA-4096 in PKCS#8, from its bytes to its blob, in Chromium', median(took.flat()), { most: 10, unit: ' ms' })

  // In a worker that has begun: what beginning costs is in the rates of many, where each file has a worker of its own.
  const times = small ? 4 : 8
  const job = { ...encryptedJob(), times }
  /** @type {number[]} */
  const ratios = []
  for (let round = 0; round < (small ? 2 : 5); round++) {
    const bare = (await measure([{ job: 'derive', iterations: ITERATIONS, times }], 1)).took
    const ours = (await measure([job], 1)).took
    ratios.push(median(ours.flat()) / median(bare.flat()))
  }
  figure(`encrypted PKCS#8 of ${ITERATIONS} iterations to the bare PBKDF2`, median(ratios), { most: 1.1 })
}

/** @returns {Job} */
function encryptedJob() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const file = encryptedPkcs8(privateKey, PASSPHRASE, ITERATIONS)
  return { job: 'seal', file, passphrase: Buffer.from(PASSPHRASE), times: 1 }
}

/** Many files, as many workers as there are cores. @param {Measure} measure @param {boolean} small */
async function measureMany(measure, small) {
  const files = mixedKeyFiles(small ? 200 : 1_000)
  const plain = await measure(files.map((file) => ({ job: 'seal', file, times: 1 })))
  const rate = (/** @type {number} */ count, /** @type {number} */ millis) => (1_000 * count) / millis
  const least = { least: 150, unit: ' files/s', digits: 0 }
  figure(`${files.length} mixed files sealed on ${plain.lanes} workers`, rate(files.length, plain.all), least)

  const count = (small ? 4 : 12) * plain.lanes
  const bareJob = /** @type {Job} */ ({ job: 'derive', iterations: ITERATIONS, times: 1 })
  const job = encryptedJob()
  /** @type {number[]} */
  const ratios = []
  for (let round = 0; round < (small ? 1 : 3); round++) {
    const bare = await measure(Array.from({ length: count }, () => bareJob))
    const ours = await measure(Array.from({ length: count }, () => job))
    ratios.push(bare.all / ours.all)
  }
  figure('the rate of encrypted files to the bare PBKDF2’s own', median(ratios), { least: 0.9 })
}

/** Key files in the browser: what it takes from a file's bytes to a sealed blob, beside the bare cryptography. */
export async function run({ small = false } = {}) {
  figure('AES-KWP of 2,374 bytes to OpenSSL’s, in Node', wrapRatio(small ? 300 : 3_000), { most: 2 })
  await inChromium(async (measure) => {
    await measureOne(measure, small)
    await measureMany(measure, small)
  })
  settle()
}
