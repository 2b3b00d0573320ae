import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'

const LISTENING = '0A'

/** The process that listens on this port of this machine. */
export function listenerOn(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const fields = lines.map((line) => line.trim().split(/\s+/))
  const inode = fields.find((field) => field[1]?.endsWith(`:${hex}`) && field[3] === LISTENING)?.[9]
  const found = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && holdsSocket(entry, inode))
  if (!found) throw new Error(`nobody listens on port ${port}, or its process may not be looked at`)
  return Number(found)
}

function holdsSocket(pid: string, inode: string | undefined): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`)
  } catch {
    // It ended meanwhile, or is another user's: not the one that is looked for.
    return false
  }
}

const PIECE = 64 * 1024 * 1024
/** So that what lies across two pieces is found. */
const OVERLAP = 4096

/**
 * Every writable page of a process, piece by piece, as a core dump would hold it. `/proc/<pid>/mem` may be read by the
 * process's own user or root. Answers how many bytes were read.
 */
export function readMemory(pid: number, take: (piece: Uint8Array) => void): number {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const buffer = Buffer.allocUnsafe(PIECE)
  let total = 0
  try {
    for (const line of maps) {
      const [, from, to, mode] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? []
      if (!from || !to || !mode?.startsWith('rw')) continue
      const end = Number.parseInt(to, 16)
      for (let at = Number.parseInt(from, 16); at < end; at += PIECE - OVERLAP) {
        const read = readPiece(memory, buffer, at, Math.min(PIECE, end - at))
        total += read
        take(buffer.subarray(0, read))
      }
    }
  } finally {
    buffer.fill(0)
    closeSync(memory)
  }
  return total
}

/** 0 for what was given back meanwhile. */
function readPiece(memory: number, buffer: Buffer, at: number, length: number): number {
  try {
    return readSync(memory, buffer, 0, length, at)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EIO') return 0
    throw cause
  }
}
