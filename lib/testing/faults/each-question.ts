import type { Context } from '@/lib/server/context'
import type { TestConsole } from '../console'
import type { DatabaseFault } from './database-proxy'
import { MOST_CALLS, withFaultyDatabase } from './sweep'

/** One act on a thing of its own, made ready by a sound console, and performed by the one that is given. */
export type Ready = () => Promise<(faulty: Context) => Promise<void>>

/**
 * Fails the n-th question of an act to the database, for n from 1 until the act never gets there. It knows how many there
 * are by failing them, not by their words.
 * @returns How many questions the act asks.
 */
export function cutEachQuestion(
  sound: TestConsole,
  fault: Exclude<DatabaseFault, 'silence'>,
  ready: Ready,
): Promise<number> {
  return withFaultyDatabase(sound, async (ctx, proxy) => {
    for (let nth = 1; nth <= MOST_CALLS; nth += 1) {
      const perform = await ready()
      await ctx.db.$queryRaw`SELECT 1` // a connection is there before counting begins
      proxy.arm(nth, fault)
      await perform(ctx)
      if (!proxy.disarm()) return nth - 1
    }
    return MOST_CALLS
  })
}

/** A silent database is waited for, so many are silent at a time, each before a console of its own. */
const SILENT_AT_ONCE = 10

/** The same with a question that is never answered. @returns At least as many as the act asks. */
export async function silenceEachQuestion(sound: TestConsole, ready: Ready): Promise<number> {
  for (let first = 1; first <= MOST_CALLS; first += SILENT_AT_ONCE) {
    const performs: Awaited<ReturnType<Ready>>[] = []
    for (let index = 0; index < SILENT_AT_ONCE; index += 1) performs.push(await ready())
    const met = await Promise.all(performs.map((perform, index) => silent(sound, first + index, perform)))
    if (!met.every(Boolean)) return first + SILENT_AT_ONCE - 1
  }
  return MOST_CALLS
}

function silent(sound: TestConsole, nth: number, perform: Awaited<ReturnType<Ready>>): Promise<boolean> {
  return withFaultyDatabase(sound, async (ctx, proxy) => {
    await ctx.db.$queryRaw`SELECT 1` // a connection is there before counting begins
    proxy.arm(nth, 'silence')
    await perform(ctx)
    return proxy.disarm()
  })
}
