import { checkOutcomes } from '@/lib/testing/outcomes/check-outcomes'
import { readLogs } from '@/lib/testing/outcomes/read-logs'
import { OUTCOME_WITHIN_MS } from '@/lib/testing/outcomes/record-rules'
import { ToldLog } from './acting'
import { type Ground, prepareGround } from './ground'
import { Missed, until } from './held'
import { Load } from './load'
import { takePart } from './take-part'

export interface RandomKills {
  kills: number
  /** Kills between two looks at the three logs. */
  perLook: number
  workers: number
}

const LONGEST_LIFE_MS = 5_000

/** Kills the console at random moments under load; from time to time all stands still, and the three logs are compared. */
export async function killAtRandom({ kills, perLook, workers }: RandomKills): Promise<void> {
  const ground = await prepareGround()
  try {
    await ground.start()
    const parts = await takePart(ground)
    const seen = { acts: 0, versions: 0, slowest: 0 }
    while (ground.kills() < kills) {
      const log = new ToldLog()
      const load = new Load({ ...parts, log }, workers)
      const target = Math.min(kills, ground.kills() + perLook)
      while (ground.kills() < target) {
        await ground.sql('DELETE FROM rate_limit') // the load is more than two officers'
        await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS))
        await ground.kill()
        await ground.start()
      }
      const startedAt = Date.now()
      await load.stop()
      const looked = await look(ground, log, load, startedAt)
      seen.acts += log.calls.length
      seen.versions += looked.versions
      seen.slowest = Math.max(seen.slowest, looked.slowest)
      console.log(
        `  ${ground.kills()} of ${kills} kills: ${log.calls.length} answers or silences, ${looked.intents} intents, ` +
          `${looked.versions} versions, ${looked.reconciled} ended by the reconciler, last outcome after ${looked.slowest.toFixed(1)} s, ` +
          `${looked.violations.length === 0 ? 'all three logs agree' : `${looked.violations.length} violations`}`,
      )
      if (looked.violations.length > 0) throw new Error(looked.violations.join('\n    '))
      if (looked.intents === 0) throw new Error('nothing was intended: this run showed nothing')
    }
    console.log(
      `  ${ground.kills()} kills, ${seen.acts} calls told or cut, ${seen.versions} versions, slowest outcome ${seen.slowest.toFixed(1)} s`,
    )
  } catch (error) {
    console.error(ground.lastWords())
    throw error
  } finally {
    await ground.close()
  }
}

async function look(ground: Ground, log: ToldLog, load: Load, startedAt: number) {
  const names = [...load.names]
  const open = async () => {
    const [row] = await ground.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM operation WHERE key_name = ANY($1) AND status IN ('pending', 'indeterminate')`,
      [names],
    )
    return row?.n ?? 0
  }
  await until('every outcome', async () => (await open()) === 0, OUTCOME_WITHIN_MS + 5_000).catch((error: unknown) => {
    if (!(error instanceof Missed)) throw error // what is still open is the checker's to name
  })
  const logs = await readLogs({
    databaseUrl: ground.ownerUrl,
    vaults: ground.vault.vaults,
    token: ground.vault.token,
    acknowledgedFile: ground.acknowledgedFile,
    inScope: (name) => load.names.has(name),
  })
  const lastStart = new Date(startedAt)
  const violations = checkOutcomes({ ...logs, told: log.calls, lastStart }).map(({ rule, what }) => `${rule}: ${what}`)
  const [late] = await ground.sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM operation WHERE key_name = ANY($1) AND finished_by = 'reconciler'`,
    [names],
  )
  const last = Math.max(0, ...logs.ours.operations.map(({ finishedAt }) => finishedAt?.getTime() ?? 0))
  return {
    violations,
    intents: logs.ours.operations.length,
    versions: logs.vault.versions.length,
    reconciled: late?.n ?? 0,
    slowest: Math.max(0, last - startedAt) / 1000,
  }
}
