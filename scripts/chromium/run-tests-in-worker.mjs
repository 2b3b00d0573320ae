// Inside the browser's worker: runs test files by vitest's runner and reports each test by its name.
import { startTests } from '@vitest/runner'

/** @typedef {{ file: string, name: string, state: string, error?: string }} TestOutcome */

/** @param {Record<string, () => Promise<unknown>>} files each file's import @param {{ testTimeout: number }} options */
export async function runTestFiles(files, { testTimeout }) {
  /** @type {import('@vitest/runner').VitestRunner} */
  const runner = {
    config: {
      root: '/',
      setupFiles: [],
      name: 'chromium',
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout,
      hookTimeout: testTimeout,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: (file) => files[file]?.(),
  }
  const finished = await startTests(Object.keys(files), runner)
  return finished.flatMap((file) => outcomesOf(file, file.filepath, []))
}

/** @param {import('@vitest/runner').Task} task @param {string} file @param {string[]} path @returns {TestOutcome[]} */
function outcomesOf(task, file, path) {
  const { result } = task
  const error = result?.errors?.map(({ message }) => message).join('\n')
  const own = { file, name: path.join(' > '), state: result?.state ?? task.mode, ...(error ? { error } : {}) }
  if (task.type === 'test') return [own]
  const inner = task.tasks.flatMap((child) => outcomesOf(child, file, [...path, child.name]))
  return error ? [...inner, { ...own, name: [...path, '(the file or a hook)'].join(' > ') }] : inner
}
