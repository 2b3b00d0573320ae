import 'server-only'
import type { VaultOperation } from '@/lib/domain/connections/vault-operation'
import type { CallObserver, ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'

/** What holds is written again only this often; a change of what holds is written at once. */
const AGAIN_AFTER_MS = 60_000

type Seen = { known: 'working' | 'refused'; at: number }

/**
 * Learns what an identity may do at a vault from the real calls' ends. Writing it down is beside the call: it waits for
 * nothing, and if it fails the call does not.
 */
export function createObserver(db: Context['db'], connectionId: string): CallObserver {
  const seen = new Map<VaultOperation, Seen>()
  const note = (operation: VaultOperation, known: Seen['known']) => {
    const last = seen.get(operation)
    const at = Date.now()
    if (last?.known === known && at - last.at < AGAIN_AFTER_MS) return
    seen.set(operation, { known, at })
    write(db, { connectionId, operation, known, at: new Date(at) }).catch((error: unknown) => {
      seen.delete(operation)
      console.error('what a vault allows could not be written down', {
        connectionId,
        operation,
        error: error instanceof Error ? error.name : 'unknown',
      })
    })
  }
  return {
    worked: (operation) => note(operation, 'working'),
    failed: (operation, error) => {
      if (isRefusal(error)) note(operation, 'refused')
    },
  }
}

/** Only a 403 for want of a permission says something about the identity; a disabled key or a missing one does not. */
function isRefusal(error: ProviderError): boolean {
  return error.code === 'not-permitted'
}

interface Finding {
  connectionId: string
  operation: VaultOperation
  known: Seen['known']
  at: Date
}

async function write(db: Context['db'], { connectionId, operation, known, at }: Finding): Promise<void> {
  const when = known === 'working' ? { workedAt: at } : { refusedAt: at }
  await db.connectionOperation.upsert({
    where: { connectionId_operation: { connectionId, operation } },
    create: { connectionId, operation, ...when },
    update: when,
  })
}
