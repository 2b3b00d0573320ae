import { randomInt } from 'node:crypto'
import type { Clock } from '../clock'
import { openAuditFolder } from './audit-folder'
import { type Delivery, isLate, longestDisorderMs } from './delivery'
import type { AuditedVault, EndedCall } from './ended-call'
import { type HeldRecord, type HeldRecords, openHeldRecords } from './held-records'
import { managedHsmRecord } from './managed-hsm-record'
import { recordPath } from './record-path'
import { vaultRecord } from './vault-record'

/** `append` comes before the answer leaves: whatever a client saw acknowledged has its record, or will get it. */
export type AuditLog = { append(vault: AuditedVault, call: EndedCall): void; close(): void }

/** Timers take less than 2^31 ms. */
const longestSleepMs = 3_600_000
/** Records that are due within so short a while are written together. */
const togetherMs = 100
const retryMs = 10_000

/** `written` hears of each file that has grown, after it has. */
export function openAuditLog(
  dataFolder: string,
  delivery: Delivery,
  clock: Clock,
  written: (path: string) => void,
): AuditLog {
  const folder = openAuditFolder(dataFolder)
  const write = (path: string, line: string) => {
    folder.append(path, line)
    written(path)
  }
  const held = openHeldRecords(dataFolder)
  const late = createLateWriter(held, write, clock)
  let count = 0

  return {
    append(vault, call) {
      const line = JSON.stringify(recordOf(vault, call))
      const path = recordPath(vault.resourceId, call.time)
      count += 1
      const copies = delivery.duplicates && count % 3 === 0 ? 2 : 1
      for (let copy = 0; copy < copies; copy += 1) {
        if (isLate(delivery)) late.hold({ at: dueAt(call.time, delivery), path, line })
        else write(path, line)
      }
    },
    close() {
      late.stop()
      held.close()
      folder.close()
    },
  }
}

function recordOf(vault: AuditedVault, call: EndedCall): Record<string, unknown> {
  return vault.kind === 'azure-managed-hsm' ? managedHsmRecord(vault, call) : vaultRecord(vault, call)
}

function dueAt(time: number, { delaySeconds, disorder }: Delivery): number {
  return time + delaySeconds * 1000 + (disorder ? randomInt(longestDisorderMs) : 0)
}

/** Writes held records when they are due: by a timer, and when the clock is moved, before the move is answered. */
function createLateWriter(held: HeldRecords, write: (path: string, line: string) => void, clock: Clock) {
  let timer: NodeJS.Timeout | undefined
  let wakesAt = Number.POSITIVE_INFINITY

  function sleep(next: number | undefined): void {
    clearTimeout(timer)
    wakesAt = next ?? Number.POSITIVE_INFINITY
    if (next === undefined) return
    timer = setTimeout(wake, Math.min(Math.max(next - clock.now(), togetherMs), longestSleepMs)).unref()
  }

  function wake(): void {
    try {
      held.writeDue(clock.now(), ({ path, line }) => write(path, line))
      sleep(held.next())
    } catch (error) {
      // They stay held; it is tried again in a while.
      console.error(
        `local vault: audit records could not be written (${error instanceof Error ? error.name : 'error'})`,
      )
      sleep(clock.now() + retryMs)
    }
  }

  clock.onMove(wake)
  wake()
  return {
    hold(record: HeldRecord) {
      held.hold(record)
      if (record.at < wakesAt) sleep(record.at)
    },
    stop: () => clearTimeout(timer),
  }
}
