import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivateFile } from './private-file'
import { StartError } from './start-error'

/** Milliseconds beside the machine's own time, kept in clock.json: a moved clock stays moved over a restart. */
const clockSchema = z.strictObject({ offsetMs: z.int() })

/** How far a clock may be moved at once: ten years of 365 days. */
export const furthestMoveSeconds = 10 * 365 * 86_400

/** The one clock of an installation: tokens, keys, deletions, rotations, throttling and logs all read it. */
export type Clock = {
  /** Milliseconds. */
  now(): number
  /** Sets it to this moment, in milliseconds, and keeps that. It goes on from there by itself. */
  moveTo(ms: number): void
  /** Called after each move. */
  onMove(listener: () => void): void
}

/** `base` is the machine's clock, or a test's. */
export function openClock(dataFolder: string, base: () => number): Clock {
  const path = join(dataFolder, 'clock.json')
  let offsetMs = readOffset(path)
  const listeners: (() => void)[] = []
  return {
    now: () => base() + offsetMs,
    moveTo(ms) {
      offsetMs = Math.round(ms - base())
      writePrivateFile(path, `${JSON.stringify({ offsetMs })}\n`)
      for (const listener of listeners) listener()
    },
    onMove: (listener) => void listeners.push(listener),
  }
}

function readOffset(path: string): number {
  if (!existsSync(path)) return 0
  try {
    return clockSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).offsetMs
  } catch (cause) {
    throw new StartError(
      'damaged-settings',
      `The local vault's clock in ${path} can't be read; remove the file to follow the machine's clock again.`,
      { cause },
    )
  }
}
