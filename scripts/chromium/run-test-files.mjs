import path from 'node:path'
import { bundleForWorker } from './bundle-for-worker.mjs'
import { launchChromium } from './launch.mjs'
import { runInWorker } from './run-in-worker.mjs'
import { serveFiles } from './serve-files.mjs'

const RUNNER = './scripts/chromium/run-tests-in-worker.mjs'

/** Test files find vitest's parts that run in browsers where they import `vitest`. @type {import('esbuild').Plugin} */
const vitestInBrowser = {
  name: 'vitest-in-browser',
  setup: (build) => {
    build.onResolve({ filter: /^vitest$/ }, () => ({ path: path.resolve('scripts/chromium/vitest-shim.mjs') }))
    // The loaders of fixtures reach for Node where they find themselves on a disk, which is nowhere in a browser.
    build.onResolve({ filter: /^node:/ }, ({ path: name, kind, importer }) => {
      if (kind === 'dynamic-import') return { path: name, external: true }
      return { errors: [{ text: `${path.relative('.', importer)} imports ${name}, which Chromium has not` }] }
    })
  },
}

/** @param {string[]} files from the checkout's root */
function entryOf(files) {
  const imports = files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)})`)
  return `import { runTestFiles } from ${JSON.stringify(RUNNER)}
const files = { ${imports.join(',\n')} }
onmessage = ({ data }) => runTestFiles(files, data).then(
  (answer) => postMessage({ answer }),
  (cause) => postMessage({ failure: String(cause?.stack ?? cause) }),
)`
}

/**
 * Runs test files in a dedicated worker of the system's Chromium, fixtures served from `lib/crypto/testing`.
 * @param {string[]} files from the checkout's root @param {{ testTimeout: number, timeout: number }} options milliseconds
 * @returns {Promise<import('./run-tests-in-worker.mjs').TestOutcome[]>}
 */
export async function runTestFilesInChromium(files, { testTimeout, timeout }) {
  const bundled = await bundleForWorker({ contents: entryOf(files), plugins: [vitestInBrowser] })
  bundled.set('/page.html', new TextEncoder().encode('<!doctype html><title>Tests</title>'))
  const server = await serveFiles(bundled, { '/published-vectors/': '../shared/vectors', '/': 'lib/crypto/testing' })
  const browser = await launchChromium()
  try {
    return await runInWorker(browser, server.origin, { testTimeout }, timeout)
  } finally {
    await browser.close()
    server.close()
  }
}
