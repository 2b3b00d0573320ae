import 'server-only'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Readable by its owner alone; a crash leaves the old file or the new one, never half. The launcher writes it likewise. */
export function writePrivateJson(path: string, content: unknown): void {
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(temporary, path)
}

/** Undefined when there is no such file. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
