import 'server-only'
import type { VaultProvider } from '@/lib/providers/port'
import { isInsideTransaction } from '../db/transaction'

/** A remote call inside a transaction would hold its locks for as long as the vault likes, and run twice on a retry. */
export function outsideTransactions(provider: VaultProvider): VaultProvider {
  return new Proxy(provider, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property, target)
      if (typeof member !== 'function') return member
      return (...given: unknown[]) => {
        if (isInsideTransaction()) throw new Error(`${String(property)} was called inside a transaction`)
        return member.apply(target, given)
      }
    },
  })
}
