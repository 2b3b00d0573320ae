import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { readJson } from './private-files.mjs'

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {boolean} ok
 * @property {number} seconds
 * @property {string} output
 * @property {number} passed single tests; 0 for a step without any
 * @property {number} failed
 * @property {string[]} skipped by name
 */

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */

/**
 * Runs one program and keeps what it says.
 * @param {string} name @param {string[]} args of Node
 * @param {{ env?: Record<string, string | undefined>, count?: () => Counts | undefined }} [options]
 * @returns {Promise<StepResult>}
 */
export function runStep(name, args, { env = {}, count } = {}) {
  const began = Date.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const end = () => child.kill()
    process.once('exit', end)
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('close', (code) => {
      process.off('exit', end)
      const counts = count?.()
      // A runner that leaves no report has not run: that is a failure, whatever it says.
      const ok = code === 0 && (!count || (counts !== undefined && counts.failed === 0))
      const { passed = 0, failed = ok ? 0 : 1, skipped = [] } = counts ?? {}
      resolve({
        name,
        ok,
        seconds: (Date.now() - began) / 1000,
        output,
        passed,
        failed: ok ? failed : Math.max(failed, 1),
        skipped,
      })
    })
  })
}

const REPORTS = 'test-results'

/** @param {string} name */
function freshReport(name) {
  mkdirSync(REPORTS, { recursive: true })
  const file = `${REPORTS}/${name.replace(/\W+/g, '-')}.json`
  rmSync(file, { force: true })
  return file
}

/** @param {string} file @returns {Counts | undefined} */
function countVitest(file) {
  const report = readJson(file)
  if (!report) return undefined
  const tests = report.testResults.flatMap((/** @type {any} */ entry) => entry.assertionResults)
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ entry) =>
      entry.status === 'failed' && entry.assertionResults.every((/** @type {any} */ t) => t.status !== 'failed'),
  )
  const named = (/** @type {string[]} */ states) =>
    tests.filter((/** @type {any} */ test) => states.includes(test.status))
  return {
    passed: named(['passed']).length,
    failed: named(['failed']).length + brokenFiles.length,
    skipped: named(['skipped', 'pending', 'todo', 'disabled']).map((/** @type {any} */ test) => test.fullName),
  }
}

/** @param {string} name @param {string[]} args @param {Record<string, string>} [env] */
export function runVitest(name, args, env = {}) {
  const file = freshReport(name)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return runStep(name, ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters], {
    env: { ...env, NO_COLOR: '1' },
    count: () => countVitest(file),
  })
}

/** @param {any} suite @param {string[]} path @returns {string[]} */
function skippedIn(suite, path) {
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests.some((/** @type {any} */ test) => test.status === 'skipped') ? [[...path, spec.title].join(' › ')] : [],
  )
  return [
    ...own,
    ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => skippedIn(inner, [...path, inner.title])),
  ]
}

/** @param {string} file @returns {Counts | undefined} */
function countPlaywright(file) {
  const report = readJson(file)
  if (!report) return undefined
  const { expected, unexpected, flaky } = report.stats
  return {
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
    skipped: skippedIn({ suites: report.suites }, []),
  }
}

/** @param {string} name @param {string[]} args @param {Record<string, string>} [env] */
export function runPlaywright(name, args, env = {}) {
  const file = freshReport(name)
  return runStep(name, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...args], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, NO_COLOR: '1', FORCE_COLOR: '0' },
    count: () => countPlaywright(file),
  })
}
