import { readFileSync } from 'node:fs'
import { checkOutcomes } from '@/lib/testing/outcomes/check-outcomes'
import { readLogs } from '@/lib/testing/outcomes/read-logs'
import { OUTCOME_WITHIN_MS } from '@/lib/testing/outcomes/record-rules'
import { type Cast, type ReadyAct, readyEnable, readyImport, type SentAct, sendImport, ToldLog } from './acting'
import type { Ground } from './ground'
import { heldCalls, keepReleasing, Missed, release, until } from './held'
import { type Family, type Gate, type Sealed, sealKey } from './keys'
import { countBlocked, type Obstacle } from './locks'
import { codeOf } from './officer'

export interface RoundParts {
  ground: Ground
  cast: Cast
  gates: Record<Family, Gate>
  say: (line: string) => void
}

/** What one round found out. */
export interface RoundResult {
  violations: string[]
  /** Seconds from the last start to the last outcome. */
  slowest: number
}

/** One round's keys, what was told about them, and the means to bring the console to a point and end it there. */
export class Round {
  private readonly log = new ToldLog()
  private readonly sent: SentAct[] = []
  private readonly names = new Set<string>()
  /** Names with which the vault goes on by itself. */
  private readonly free = new Set<string>()
  private readonly stopReleasing: () => Promise<void>
  private startedAt = Date.now()

  constructor(readonly parts: RoundParts) {
    this.stopReleasing = keepReleasing(parts.ground, (name) => this.free.has(name))
  }

  get ground(): Ground {
    return this.parts.ground
  }

  private async seal(family: Family, prefix: string): Promise<Sealed> {
    await this.ground.sql('DELETE FROM rate_limit') // a round is more than an officer does in a day
    const sealed = await sealKey(this.parts.gates, family, prefix)
    this.names.add(sealed.keyName)
    return sealed
  }

  /** A fresh key whose import is ready to be sent. */
  async importOf(prefix: string): Promise<{ sealed: Sealed; act: ReadyAct }> {
    const sealed = await this.seal('ec', prefix)
    return { sealed, act: await readyImport(this.parts.cast, this.log, sealed) }
  }

  /** A fresh key that waits for its review, and its approval ready to be sent. */
  async enableOf(family: Family, prefix: string): Promise<{ sealed: Sealed; act: ReadyAct }> {
    const sealed = await this.seal(family, prefix)
    const told = await sendImport(this.parts.cast, this.log, sealed).told
    if (!told?.ok) throw new Missed(`${sealed.keyName} was not imported: ${codeOf(told)}`)
    return { sealed, act: await readyEnable(this.ground, this.parts.cast, this.log, sealed) }
  }

  send(act: ReadyAct): SentAct {
    const sent = act()
    this.sent.push(sent)
    return sent
  }

  /** Held by its sentinel; what hangs is in no list, so its intent on record has to do. */
  async isAtTheVault({ keyName }: Sealed): Promise<void> {
    if (keyName.startsWith('hang-'))
      return until(`${keyName} is intended`, async () => (await this.openIntents([keyName])) === 1)
    return until(`${keyName} is held`, () => this.isHeld(keyName))
  }

  async isHeld(keyName: string): Promise<boolean> {
    return (await heldCalls(this.ground)).some(({ name }) => name === keyName)
  }

  /** The first PATCH of a check value's window goes on; the second is the one to be held. */
  async passFirstHold({ keyName }: Sealed): Promise<void> {
    await until(`${keyName}, first call`, () => this.isHeld(keyName))
    await release(this.ground, keyName)
    await until(`${keyName}, first call's end`, () => this.wasAcknowledged(keyName, 'update'))
    await until(`${keyName}, second call`, () => this.isHeld(keyName))
  }

  private wasAcknowledged(keyName: string, operation: string): boolean {
    const lines = readFileSync(this.ground.acknowledgedFile, 'utf8').split('\n')
    return lines.some((line) => line.includes(`"${keyName}"`) && line.includes(`"operation":"${operation}"`))
  }

  /** The vault goes on with these, now and whenever they come again. */
  letGo(...sealed: Sealed[]): void {
    for (const { keyName } of sealed) this.free.add(keyName)
  }

  /** Kills once each of the obstacles has somebody waiting for it; then they are taken away, and it starts again. */
  async killAt(obstacles: readonly Obstacle[], patienceMs?: number): Promise<void> {
    try {
      await until('a lock', async () => (await countBlocked(this.ground, obstacles)) === obstacles.length, patienceMs)
      await this.ground.kill()
    } finally {
      await Promise.all(obstacles.map(({ remove }) => remove()))
    }
    await this.start()
  }

  async kill(): Promise<void> {
    await this.ground.kill()
    await this.start()
  }

  private async start(): Promise<void> {
    await this.ground.start()
    this.startedAt = Date.now()
  }

  private async openIntents(names: readonly string[]): Promise<number> {
    const [row] = await this.ground.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM operation WHERE key_name = ANY($1) AND status IN ('pending', 'indeterminate')`,
      [names],
    )
    return row?.n ?? 0
  }

  /** Waits for every outcome, asks again for every answer, and holds the three logs against each other. */
  async judge(): Promise<RoundResult> {
    for (const name of this.names) this.free.add(name)
    const names = [...this.names]
    await until('every outcome', async () => (await this.openIntents(names)) === 0, OUTCOME_WITHIN_MS + 5_000).catch(
      (error: unknown) => {
        if (!(error instanceof Missed)) throw error // what is still open is the checker's to name
      },
    )
    await this.end()
    await Promise.all(this.sent.map(({ told }) => told))
    await Promise.all(this.sent.map(({ askAgain }) => askAgain()))
    const logs = await readLogs({
      databaseUrl: this.ground.ownerUrl,
      vaults: this.ground.vault.vaults,
      token: this.ground.vault.token,
      acknowledgedFile: this.ground.acknowledgedFile,
      inScope: (name) => this.names.has(name),
    })
    const lastStart = new Date(this.startedAt)
    const violations = checkOutcomes({ ...logs, told: this.log.calls, lastStart })
    const last = Math.max(0, ...logs.ours.operations.map(({ finishedAt }) => finishedAt?.getTime() ?? 0))
    return {
      violations: violations.map(({ rule, what }) => `${rule}: ${what}`),
      slowest: Math.max(0, last - this.startedAt) / 1000,
    }
  }

  async end(): Promise<void> {
    await this.stopReleasing()
  }
}
