import { randomUUID } from 'node:crypto'
import { type Cast, type SentAct, sendEnable, sendImport, type ToldLog } from './acting'
import type { Ground } from './ground'
import { type Family, type Gate, sealKey } from './keys'
import type { OfficerClient, Told } from './officer'

export interface LoadParts {
  ground: Ground
  cast: Cast
  gates: Record<Family, Gate>
  log: ToldLog
}

/** Officers who import, enable and stop keys without end, and ask again under the same key when nobody answered. */
export class Load {
  readonly names = new Set<string>()
  private stopping = false
  private readonly running: Promise<void>[]
  private readonly asking: Promise<void>[] = []

  constructor(
    private readonly parts: LoadParts,
    workers: number,
  ) {
    this.running = Array.from({ length: workers }, (_, number) => this.work(number))
  }

  /** Nothing new is begun; resolves when each has heard an answer or given up. */
  async stop(): Promise<void> {
    this.stopping = true
    await Promise.all(this.running)
    await Promise.all(this.asking)
  }

  private async work(number: number): Promise<void> {
    const family: Family = number % 3 === 2 ? 'oct' : 'ec'
    while (!this.stopping) {
      const sealed = await sealKey(this.parts.gates, family, 'load')
      this.names.add(sealed.keyName)
      const imported = await this.heard(sendImport(this.parts.cast, this.parts.log, sealed))
      if (!imported?.ok) continue
      const enabled = await this.enable(sealed)
      if (enabled?.ok && number % 2 === 0) await this.stopKey(sealed)
    }
  }

  /** Whoever heard nothing asks again under the same key, and meanwhile goes on with another. */
  private async heard(sent: SentAct): Promise<Told> {
    const told = await sent.told
    if (told === null) {
      this.asking.push(this.askUntilAnswered(sent))
      await new Promise((resolve) => setTimeout(resolve, 500)) // nobody hammers a page that does not load
    }
    return told
  }

  private async askUntilAnswered(sent: SentAct): Promise<void> {
    while ((await sent.askAgain()) === null && !this.stopping) await new Promise((resolve) => setTimeout(resolve, 250))
  }

  private async enable(sealed: SentAct['sealed']): Promise<Told> {
    const { ground, cast, log } = this.parts
    const [waits] = await ground.sql(`SELECT 1 FROM import WHERE key_name = $1 AND status = 'awaiting_review'`, [
      sealed.keyName,
    ])
    return waits ? this.heard(await sendEnable(ground, cast, log, sealed)) : null
  }

  private async stopKey({ vault, keyName, input }: SentAct['sealed']): Promise<void> {
    const { ground, cast, log } = this.parts
    const [row] = await ground.sql<{ version: string }>(
      'SELECT key_version AS version FROM import WHERE key_name = $1',
      [keyName],
    )
    const idempotencyKey = randomUUID()
    const wanted = {
      connectionId: input.connectionId,
      name: keyName,
      version: row?.version,
      reason: 'Load of the suite',
    }
    const told = await (cast.importer as OfficerClient).act('disableVersion', { idempotencyKey, input: wanted })
    const answer = told?.ok
      ? { ok: true as const, status: null }
      : told && { ok: false as const, code: told.problem.code }
    log.calls.push({ act: 'disable', vault, keyName, idempotencyKey, answer })
  }
}
