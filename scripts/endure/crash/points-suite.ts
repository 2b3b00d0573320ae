import { prepareGround } from './ground'
import { Missed } from './held'
import { type RoundParts, type RoundResult, runRound } from './round'
import { takePart } from './take-part'

/** A point may be missed on a machine that is too busy: then nothing was shown, and the round is taken again. */
const MOST_MISSED = 3

/** Kills the console at every point, so many times; throws when one outcome was lost, doubled or told wrongly. */
export async function killAtEveryPoint(rounds: number): Promise<void> {
  const ground = await prepareGround()
  const counts = new Map<string, number>()
  try {
    await ground.start()
    const parts = { ...(await takePart(ground)), say: (line: string) => console.log(`    ${line}`) }
    for (let round = 1, missed = 0; round <= rounds; ) {
      const result = await tryRound(parts)
      if (result instanceof Missed) {
        missed += 1
        console.log(`  round ${round}: ${result.message}; once more`)
        if (missed > MOST_MISSED * Math.ceil(rounds / 10)) throw result
        await ground.kill()
        await ground.start()
        continue
      }
      tell(round, rounds, result)
      for (const point of result.points) counts.set(point, (counts.get(point) ?? 0) + 1)
      if (result.violations.length > 0) throw new Error(result.violations.join('\n    '))
      round += 1
    }
    for (const [point, count] of counts) console.log(`  ${String(count).padStart(4)} × ${point}`)
    console.log(`  ${ground.kills()} kills, ${counts.size} points, nothing lost, nothing twice`)
  } catch (error) {
    console.error(ground.lastWords())
    throw error
  } finally {
    await ground.close()
  }
}

async function tryRound(parts: RoundParts): Promise<RoundResult | Missed> {
  try {
    return await runRound(parts)
  } catch (error) {
    if (error instanceof Missed) return error
    throw error
  }
}

function tell(round: number, rounds: number, { points, violations, slowest }: RoundResult): void {
  const found = violations.length === 0 ? 'all three logs agree' : `${violations.length} violations`
  console.log(
    `  round ${round} of ${rounds}: ${points.length} points, ${found}, last outcome ${slowest.toFixed(1)} s after the last start`,
  )
}
