import type { Context } from '@/lib/server/context'

/**
 * A context whose first listing of a name's versions is read from the vault at once and answered only when released:
 * what happens between a look at the vault and the act on it, made to happen.
 */
export function holdReading(ctx: Context) {
  const read = signal()
  const released = signal()
  let isFirst = true
  async function hold<T>(reading: Promise<T>): Promise<T> {
    await Promise.allSettled([reading]) // a name that was never used may be "not found", which is an answer too
    if (isFirst) {
      isFirst = false
      read.give()
      await released.given
    }
    return reading
  }
  const held: Context = {
    ...ctx,
    provider: (connection) => {
      const provider = ctx.provider(connection)
      return { ...provider, listVersions: (...asked) => hold(provider.listVersions(...asked)) }
    },
  }
  return { ctx: held, hasRead: read.given, release: released.give }
}

function signal() {
  let give: () => void = () => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give }
}
