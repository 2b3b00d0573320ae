import { appendFileSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { dropHalfLine } from './audit-log/audit-folder'

/** One mutating or cryptographic call as the vault answered it. `status` is null when a sentinel cut the connection after the commit. */
export type AcknowledgedCall = {
  time: string
  vault: string
  operation: string
  name: string
  version: string | null
  status: number | null
  requestId: string
  clientRequestId: string | null
  appid: string
}

export type AcknowledgedLog = { append(call: AcknowledgedCall): void; close(): void }

/** Append-only and written before the answer leaves: what a client saw acknowledged is in here. Never holds key material. */
export function openAcknowledgedLog(dataFolder: string): AcknowledgedLog {
  const file = openSync(join(dataFolder, 'acknowledged.jsonl'), 'a+', 0o600)
  dropHalfLine(file)
  return {
    append: (call) => appendFileSync(file, `${JSON.stringify(call)}\n`),
    close: () => closeSync(file),
  }
}
