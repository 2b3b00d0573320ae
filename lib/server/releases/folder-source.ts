import 'server-only'
import { constants } from 'node:fs'
import { lstat, open, opendir } from 'node:fs/promises'
import path from 'node:path'
import { isLogPath, type LogFileSeen, type LogSource } from './log-source'

/**
 * A folder of this machine. Links are not followed, for they lead elsewhere: nor one that takes a file's place after it
 * was listed.
 */
export function folderSource(folder: string): LogSource {
  return {
    place: `folder:${folder}`,
    list: () => filesOf(folder),
    read: (file, from, length) => readPart(path.join(folder, file), from, length),
  }
}

/** A folder within that can't be read stops no other: that it could not is thrown at the end. */
async function* filesOf(root: string): AsyncIterable<LogFileSeen> {
  const failures: unknown[] = []
  const below = ['']
  for (let folder = below.shift(); folder !== undefined; folder = below.shift()) {
    try {
      for await (const entry of await opendir(path.join(root, folder))) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) below.push(name)
        else if (entry.isFile() && isLogPath(name)) yield* seen(root, name)
      }
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

async function* seen(root: string, name: string): AsyncIterable<LogFileSeen> {
  try {
    yield { path: name, size: (await lstat(path.join(root, name))).size }
  } catch (error) {
    if (!isGone(error)) throw error // between listing and looking, as when old logs are cleared
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Of no pipe or device either, which would never end. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

async function readPart(file: string, from: number, length: number): Promise<Buffer> {
  const handle = await open(file, FLAGS)
  try {
    const buffer = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, from + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  } finally {
    await handle.close()
  }
}
