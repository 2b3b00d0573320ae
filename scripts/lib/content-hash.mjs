import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** @param {string} start @param {(file: string) => boolean} wanted @returns {string[]} */
function filesUnder(start, wanted) {
  if (!existsSync(start)) return []
  if (!statSync(start).isDirectory()) return wanted(start) ? [start] : []
  return readdirSync(start).flatMap((name) => {
    const file = path.join(start, name)
    return statSync(file).isDirectory() && !wanted(`${file}/`) ? [] : filesUnder(file, wanted)
  })
}

/**
 * The SHA-256 over names and contents of all wanted files: equal only when nothing that matters differs.
 * @param {string[]} starts files and folders
 * @param {(file: string) => boolean} [wanted] asked with a slash at the end for folders
 */
export function contentHash(starts, wanted = () => true) {
  const hash = createHash('sha256')
  for (const file of starts.flatMap((start) => filesUnder(start, wanted)).sort()) {
    hash.update(`${file}\0`).update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.update(process.version).digest('hex')
}
