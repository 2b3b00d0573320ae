import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/**
 * Writes so that nobody else can read it, and so that a crash leaves the old file or the new one, never half.
 * @param {string} file @param {unknown} content
 */
export function writePrivateJson(file, content) {
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(temporary, file)
}

/** @param {string} file @returns {any} The parsed content, or undefined when there is no such file. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
