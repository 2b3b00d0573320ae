import { prepareGround } from './ground'
import { takeEveryPoint } from './points'
import { Round } from './round'
import { takePart } from './take-part'

/** Kills the console at every point, so many times; throws when one outcome was lost, doubled or told wrongly. */
export async function killAtEveryPoint(rounds: number): Promise<void> {
  const ground = await prepareGround()
  const counts = new Map<string, number>()
  let slowest = 0
  try {
    await ground.start()
    const taking = await takePart(ground)
    const say = (line: string) => rounds === 1 && console.log(`    ${line}`)
    for (let number = 1; number <= rounds; number += 1) {
      const round = new Round({ ...taking, say })
      const points = await takeEveryPoint(round).finally(() => round.end())
      for (const point of points) counts.set(point, (counts.get(point) ?? 0) + 1)
      const result = await round.judge()
      slowest = Math.max(slowest, result.slowest)
      const found = result.violations.length === 0 ? 'all three logs agree' : `${result.violations.length} violations`
      console.log(
        `  round ${number} of ${rounds}: ${points.length} points, ${found}, ` +
          `last outcome ${result.slowest.toFixed(1)} s after the last start`,
      )
      if (result.violations.length > 0) throw new Error(result.violations.join('\n    '))
    }
    for (const [point, count] of counts) console.log(`  ${String(count).padStart(4)} × ${point}`)
    console.log(
      `  ${ground.kills()} kills at ${counts.size} points, slowest outcome ${slowest.toFixed(1)} s after a start`,
    )
  } catch (error) {
    console.error(ground.lastWords())
    throw error
  } finally {
    await ground.close()
  }
}
