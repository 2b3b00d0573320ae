import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'

const HOUSE = ['app', 'components', 'lib']
const PLANTED = 'lib/crypto/planted-violation.ts'

/** @param {string[]} entries @returns {Promise<any>} dependency-cruiser's own report */
function cruise(entries) {
  const program = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'
  const args = [
    '--require',
    './scripts/lib/swc-reads-tsx.cjs',
    program,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...entries,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let report = ''
    let errors = ''
    child.stdout.on('data', (chunk) => {
      report += chunk
    })
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('close', () => {
      try {
        resolve(JSON.parse(report))
      } catch (cause) {
        reject(new Error(errors.slice(0, 2_000) || 'dependency-cruiser left no report', { cause }))
      }
    })
  })
}

/** @param {any} report @returns {Set<string>} */
const seenBy = (report) => new Set(report.modules.map((/** @type {{ source: string }} */ { source }) => source))

/** @param {Set<string>} seen @returns {string[]} what git knows and the tool did not look at */
function overlooked(seen) {
  const listed = execFileSync('git', ['ls-files', ...HOUSE], { encoding: 'utf8' }).split('\n')
  const deleted = new Set(execFileSync('git', ['ls-files', '--deleted', ...HOUSE], { encoding: 'utf8' }).split('\n'))
  return listed.filter(
    (file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !deleted.has(file) && !seen.has(file),
  )
}

/** A check that can't fail is none: with a violation planted, it must find it. */
async function findsPlanted() {
  writeFileSync(PLANTED, "import '@/lib/server/env'\n")
  try {
    const report = await cruise([PLANTED])
    return report.summary.violations.some(
      (/** @type {any} */ { from, rule }) => from === PLANTED && rule.name.startsWith('lib/crypto'),
    )
  } finally {
    rmSync(PLANTED, { force: true })
  }
}

/** @returns {Promise<string[]>} complaints; none when every import points inwards */
export async function checkImportDirection() {
  mkdirSync('lib/crypto', { recursive: true })
  const planted = await findsPlanted()
  const report = await cruise([...HOUSE, 'instrumentation.ts'])
  const missed = overlooked(seenBy(report))
  return [
    ...report.summary.violations.map((/** @type {any} */ { from, to, rule }) => `${rule.name}: ${from} → ${to}`),
    ...(planted ? [] : ['a planted violation (lib/crypto importing lib/server) was not found: the check is blind']),
    ...(missed.length > 0 ? [`${missed.length} modules were not looked at: ${missed.slice(0, 5).join(', ')} …`] : []),
  ]
}
