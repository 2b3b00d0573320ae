import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { contentHash } from './content-hash.mjs'
import { sealerPage } from './sealer-page.mjs'

const FOLDER = 'build/sealer'
export const SEALER_FILE = `${FOLDER}/drawbridge-sealer.html`
/** What the console tells of it: lib/server/sealer reads it. */
const FACTS_FILE = `${FOLDER}/drawbridge-sealer.json`
const RECORD = `${FOLDER}/.inputs`

/** @typedef {{ fileName: string, bytes: number, sha256: string }} SealerFacts */

const inputs = () =>
  contentHash(
    ['lib/client', 'lib/crypto', 'lib/domain', 'app/globals.css', 'package-lock.json', 'scripts/lib'],
    (file) => !/\.test\.tsx?$|\/testing\/$/.test(file) && (!file.startsWith('scripts/lib/') || /sealer/.test(file)),
  )

export const isSealerBuilt = () =>
  existsSync(SEALER_FILE) && existsSync(RECORD) && readFileSync(RECORD, 'utf8') === inputs()

/** What the last build made. @returns {SealerFacts} */
export const sealerFacts = () => JSON.parse(readFileSync(FACTS_FILE, 'utf8'))

/** Written beside and put in its place whole: a console may be reading the old one. @param {string} file @param {string} text */
function replaceFile(file, text) {
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, text)
  renameSync(temporary, file)
}

/** Makes the offline sealer: one HTML file, equal in every byte wherever it is made from the same sources. @returns {Promise<SealerFacts>} */
export async function buildSealer() {
  mkdirSync(FOLDER, { recursive: true })
  const before = inputs()
  const html = await sealerHtml(path.resolve('.'))
  const facts = {
    fileName: path.basename(SEALER_FILE),
    bytes: Buffer.byteLength(html),
    sha256: createHash('sha256').update(html).digest('hex'),
  }
  replaceFile(SEALER_FILE, html)
  replaceFile(FACTS_FILE, `${JSON.stringify(facts)}\n`)
  writeFileSync(RECORD, before)
  return facts
}

/** The file's text, from the sources under a checkout's root. @param {string} root absolute */
export async function sealerHtml(root) {
  const worker = await script(root, 'lib/client/sealer/worker.ts', { window: 'globalThis', global: 'globalThis' })
  const page = await script(root, 'lib/client/sealer/page.ts', { __SEALER_WORKER__: JSON.stringify(worker) })
  return sealerPage({ script: page, style: await style(root) })
}

/** @param {string} root @param {string} entry @param {Record<string, string>} define */
async function script(root, entry, define) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    ...plain(root),
    entryPoints: [entry],
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    alias: {
      '@': root,
      crypto: path.join(root, 'lib/client/key-worker/node-crypto-shim.cjs'),
    },
    define,
    // Not the checkout's: what stands there is for the console.
    tsconfigRaw: { compilerOptions: { target: 'es2022', verbatimModuleSyntax: true } },
  })
  return outputFiles?.[0]?.text.trimEnd() ?? ''
}

/** The console's tokens, then the sealer's own rules. @param {string} root */
async function style(root) {
  const { transform } = await import('esbuild')
  const globals = readFileSync(path.join(root, 'app/globals.css'), 'utf8')
  const tokens = /^:root \{[^}]*\}/m.exec(globals)?.[0]
  if (!tokens) throw new Error('app/globals.css holds no :root block of tokens')
  const own = readFileSync(path.join(root, 'lib/client/sealer-page/sealer.css'), 'utf8')
  const { code } = await transform(`${tokens}\n${own}`, { loader: 'css', minify: true })
  return code.trimEnd()
}

/** Nothing of the place or the time of building may be in it. @param {string} root @returns {import('esbuild').BuildOptions} */
const plain = (root) => ({
  absWorkingDir: root,
  bundle: true,
  write: false,
  minify: true,
  sourcemap: false,
  legalComments: 'inline',
  charset: 'ascii',
  logLevel: 'silent',
})
