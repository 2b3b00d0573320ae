import 'server-only'
import type { VaultProvider } from '@/lib/providers/port'
import type { ConnectionRow } from '../context'

/** Replaced below as soon as the Azure provider is there. */
export function providerOf(connection: ConnectionRow): VaultProvider {
  throw new Error(`no provider for ${connection.kind} yet`)
}
