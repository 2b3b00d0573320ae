import { appendFileSync, closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { auditContainer } from './record-path'

/** The files of the audit log. A line that was appended is in its file, whatever becomes of this process. */
export type AuditFolder = { append(path: string, line: string): void; close(): void }

/** Enough for the vaults of one installation around a full hour. */
const mostOpenFiles = 8

export function auditFolderOf(dataFolder: string): string {
  return resolve(dataFolder, 'audit')
}

export function openAuditFolder(dataFolder: string): AuditFolder {
  const root = join(auditFolderOf(dataFolder), auditContainer)
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const open = new Map<string, number>()

  function fileOf(path: string): number {
    const known = open.get(path)
    if (known !== undefined) return known
    if (open.size >= mostOpenFiles) closeAll()
    const full = join(root, path)
    mkdirSync(dirname(full), { recursive: true, mode: 0o700 })
    const file = openSync(full, 'a+', 0o600)
    dropHalfLine(file)
    open.set(path, file)
    return file
  }

  function closeAll(): void {
    for (const file of open.values()) closeSync(file)
    open.clear()
  }

  return {
    append: (path, line) => appendFileSync(fileOf(path), `${line}\n`),
    close: closeAll,
  }
}

const newline = 0x0a

/** A process that ended inside a write leaves half a line behind. Its call was never answered. */
export function dropHalfLine(file: number): void {
  const { size } = fstatSync(file)
  const whole = lengthOfWholeLines(file, size)
  if (whole < size) ftruncateSync(file, whole)
}

function lengthOfWholeLines(file: number, size: number): number {
  const chunk = Buffer.alloc(64 * 1024)
  for (let end = size; end > 0; ) {
    const start = Math.max(end - chunk.length, 0)
    const read = readSync(file, chunk, 0, end - start, start)
    const last = chunk.subarray(0, read).lastIndexOf(newline)
    if (last >= 0) return start + last + 1
    end = start
  }
  return 0
}
