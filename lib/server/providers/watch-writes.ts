import 'server-only'
import type { VaultProvider } from '@/lib/providers/port'
import type { Context } from '../context'

/** Every call of the port: a new one does not compile until somebody has said whether a vault can be another after it. */
const CALLS = {
  listKeys: 'read',
  listVersions: 'read',
  getKey: 'read',
  listDeletedKeys: 'read',
  getDeletedKey: 'read',
  keyCheckValue: 'read',
  checkHealth: 'read',
  createKek: 'write',
  createKey: 'write',
  importTransferBlob: 'write',
  importPrivateJwk: 'write',
  updateVersion: 'write',
  setReleasePolicy: 'write',
  deleteKey: 'write',
  releaseKey: 'write',
} as const satisfies Record<keyof VaultProvider, 'read' | 'write'>

export const isWrite = (property: PropertyKey) =>
  Object.entries(CALLS).some(([call, kind]) => call === property && kind === 'write')

export interface WatchedContext {
  ctx: Context
  /** True once any write to a vault was begun: from then on, an error can't mean that nothing was sent. */
  wrote: () => boolean
}

export function watchWrites(ctx: Context): WatchedContext {
  let wrote = false
  const watched = (provider: VaultProvider): VaultProvider =>
    new Proxy(provider, {
      get: (target, property) => {
        const member: unknown = Reflect.get(target, property, target)
        if (typeof member !== 'function') return member
        if (!isWrite(property)) return member.bind(target)
        return (...given: unknown[]) => {
          wrote = true
          return member.apply(target, given)
        }
      },
    })
  return { ctx: { ...ctx, provider: (connection) => watched(ctx.provider(connection)) }, wrote: () => wrote }
}
