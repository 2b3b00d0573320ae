import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Unit tests of a folder that run in Node and in Chromium alike: all but those named `*.node.test.ts`, which compare
 * with what only Node has (OpenSSL in `node:crypto`).
 * @param {string} folder from the checkout's root @returns {string[]}
 */
export function isomorphicTests(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name))
    .filter((name) => name.endsWith('.test.ts') && !/\.(?:integration|node)\.test\.ts$/.test(name))
    .sort()
}

/** What of Node a file names. @param {string} file */
export const nodeImports = (file) => readFileSync(file, 'utf8').match(/(?<=from ')node:[^']+/g) ?? []
