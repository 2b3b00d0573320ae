import 'server-only'

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

/** What is taken for a log. Names outside printable ASCII are none of Azure Monitor's. */
export function isLogPath(path: string): boolean {
  return /^[\x20-\x7e]{1,1024}$/.test(path) && /\.json(?:\.gz)?$/i.test(path)
}
