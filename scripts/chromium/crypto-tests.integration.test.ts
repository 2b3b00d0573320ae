import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runTestFilesInChromium } from './run-test-files.mjs'
import { isomorphicTests } from './test-files.mjs'

const files = isomorphicTests('lib/crypto')
const inTime = { testTimeout: 120_000, timeout: 540_000 }

/** What Node's runner finds in the same files, each test as `file: suite > … > test`. */
function namesInNode(): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'tests-in-node-'))
  try {
    const list = path.join(folder, 'list.json')
    const program = ['node_modules/vitest/vitest.mjs', 'list', '--project', 'unit', `--json=${list}`, ...files]
    execFileSync(process.execPath, program, { stdio: ['ignore', 'ignore', 'pipe'] })
    const found: { name: string; file: string }[] = JSON.parse(readFileSync(list, 'utf8'))
    return found.map(({ name, file }) => `${path.relative('.', file)}: ${name}`).sort()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the tests of lib/crypto in Chromium', () => {
  it('are the same as in Node, and every one passes', { timeout: 600_000 }, async () => {
    const inNode = namesInNode()
    expect(inNode.length).toBeGreaterThan(200)
    const outcomes = await runTestFilesInChromium(files, inTime)
    expect(outcomes.filter(({ state }) => state !== 'pass' && state !== 'skip')).toEqual([])
    const ran = outcomes.map(({ file, name }) => `${file}: ${name}`)
    expect(inNode.filter((name) => !ran.includes(name))).toEqual([])
    const skipped = outcomes.filter(({ state, name }) => state === 'skip' && !/published vectors/.test(name))
    expect(skipped).toEqual([])
  })

  it('fail where one fails', { timeout: 120_000 }, async () => {
    const planted = 'build/planted-failure.ts'
    mkdirSync('build', { recursive: true })
    writeFileSync(planted, "import { expect, it } from 'vitest'\nit('is planted', () => expect(1).toBe(2))\n")
    try {
      const outcomes = await runTestFilesInChromium([planted], inTime)
      expect(outcomes).toEqual([expect.objectContaining({ file: planted, name: 'is planted', state: 'fail' })])
    } finally {
      rmSync(planted)
    }
  })
})
