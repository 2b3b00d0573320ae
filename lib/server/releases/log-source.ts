import 'server-only'
import type { LogRow } from '@/lib/domain/releases/history/read-log-row'

export interface LogFileSeen {
  /** Below the source, with slashes. */
  path: string
  /** Bytes. */
  size: number
}

/** Where vaults' logs lie: files that only grow, or are replaced. */
export interface LogSource {
  /** Its name in the history: kind and place, never a secret. */
  place: string
  list(): AsyncIterable<LogFileSeen>
  /** At most `length` bytes from `from` on; fewer at its end. */
  read(path: string, from: number, length: number): Promise<Buffer>
}

/** Rows of a span of time, and up to when all of them are there. */
export interface LogPage {
  rows: readonly LogRow[]
  readTo: Date
}

/** Where vaults' logs can be asked for: it has no files, only times. */
export interface LogQuery {
  /** As of a source. */
  place: string
  /** Records of a span, both ends included, oldest first, in pages of bounded size. A page may repeat what one before it had. */
  ask(from: Date, to: Date): AsyncIterable<LogPage>
}

/** What is taken for a log. Names outside printable ASCII are none of Azure Monitor's. */
export function isLogPath(path: string): boolean {
  return /^[\x20-\x7e]{1,1024}$/.test(path) && /\.json(?:\.gz)?$/i.test(path)
}
