import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Published vectors (Wycheproof) from the folder `shared/vectors` beside the repository. They are not part of it:
 * where they are absent, a test prints that it skipped them.
 */
export function publishedVectors<T>(file: string): T | null {
  const location = path.join(process.cwd(), '..', 'shared', 'vectors', file)
  if (!existsSync(location)) {
    console.warn(`SKIPPED: published vectors ${file} are absent; their tests did not run`)
    return null
  }
  return JSON.parse(readFileSync(location, 'utf8'))
}
