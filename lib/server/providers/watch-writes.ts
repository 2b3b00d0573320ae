import 'server-only'
import type { VaultProvider } from '@/lib/providers/port'
import type { Context } from '../context'

const WRITES = [
  'createKek',
  'createKey',
  'importTransferBlob',
  'importPrivateJwk',
  'updateVersion',
  'deleteKey',
  'releaseKey',
] as const satisfies readonly (keyof VaultProvider)[]

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
        if (!(WRITES as readonly unknown[]).includes(property)) return member.bind(target)
        return (...given: unknown[]) => {
          wrote = true
          return member.apply(target, given)
        }
      },
    })
  return { ctx: { ...ctx, provider: (connection) => watched(ctx.provider(connection)) }, wrote: () => wrote }
}
