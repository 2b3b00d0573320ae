import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/** Every line is whole, or this throws. @param {string} file @returns {any[]} */
function readLines(file) {
  const text = readFileSync(file, 'utf8')
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${file} ends with half a line`)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

/**
 * The ids of the calls that both logs of a vault's folder hold.
 * @param {string} data
 */
export function readLogs(data) {
  const noted = readLines(path.join(data, 'acknowledged.jsonl')).map(({ clientRequestId }) => clientRequestId)
  const audited = filesUnder(path.join(data, 'audit'))
    .flatMap(readLines)
    .map(({ correlationId }) => correlationId)
  return { noted: new Set(noted), audited: new Set(audited) }
}
