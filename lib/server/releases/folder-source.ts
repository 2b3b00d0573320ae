import 'server-only'
import { open, opendir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isLogPath, type LogFileSeen, type LogSource } from './log-source'

/** A folder of this machine. Links are not followed: they lead elsewhere. */
export function folderSource(folder: string): LogSource {
  return {
    place: `folder:${folder}`,
    list: () => filesBelow(folder, ''),
    read: (file, from, length) => readPart(path.join(folder, file), from, length),
  }
}

async function* filesBelow(root: string, below: string): AsyncIterable<LogFileSeen> {
  for await (const entry of await opendir(path.join(root, below))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* filesBelow(root, name)
    else if (entry.isFile() && isLogPath(name)) yield { path: name, size: (await stat(path.join(root, name))).size }
  }
}

async function readPart(file: string, from: number, length: number): Promise<Buffer> {
  const handle = await open(file, 'r')
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
