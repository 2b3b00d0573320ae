import 'server-only'
import { logFailure } from '../doors/log-failure'
import { env } from '../env'
import { runtimeContext } from '../runtime'
import { processSenders } from './channels'
import { deliverDue } from './deliver'

const EVERY_MS = 2_000

/** This process's rounds over what is due: one at a time, and at once again while there is more. */
export function deliverRounds(): { stop: () => Promise<void> } {
  const desk = { ctx: runtimeContext(), senders: processSenders(), publicUrl: env().publicUrl }
  let stopped = Object.keys(desk.senders).length === 0
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  const next = (ms: number) => {
    if (!stopped) timer = setTimeout(run, ms).unref()
  }
  const run = () => {
    round = deliverDue(desk).then(
      (made) => next(made > 0 ? 0 : EVERY_MS),
      (error: unknown) => {
        logFailure(error, { where: 'deliveries', requestId: 'none' })
        next(EVERY_MS)
      },
    )
  }
  next(0)
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      // What is under way may end; what does not end soon is made again by another console.
      await Promise.race([round, new Promise((resolve) => setTimeout(resolve, 5_000).unref())])
    },
  }
}
