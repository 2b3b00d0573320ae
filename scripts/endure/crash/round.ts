import { checkOutcomes } from '@/lib/testing/outcomes/check-outcomes'
import { readLogs } from '@/lib/testing/outcomes/read-logs'
import { type Cast, type SentAct, sendEnable, sendImport, ToldLog } from './acting'
import type { Ground } from './ground'
import { heldCalls, keepReleasing, Missed, release, until } from './held'
import { type Family, type Gate, type Sealed, sealKey } from './keys'
import { countBlocked, holdAnswerOf, holdIntentOf, holdOutcomeOf, type Obstacle } from './locks'
import { codeOf } from './officer'

/** From the last start on, every intent has its outcome within this time. */
export const OUTCOME_WITHIN_MS = 60_000

export interface RoundParts {
  ground: Ground
  cast: Cast
  gates: Record<Family, Gate>
  say: (line: string) => void
}

/** What one round found out. */
export interface RoundResult {
  points: string[]
  violations: string[]
  /** Seconds from the last start to the last outcome. */
  slowest: number
}

interface Subject {
  point: string
  sealed: Sealed
  sent?: SentAct
}

/** Every point once: prepared, reached, killed there, started again; then the three logs are held against each other. */
export async function runRound(parts: RoundParts): Promise<RoundResult> {
  const round = new Round(parts)
  await round.prepare()
  await round.whileTheVaultHolds()
  await round.beforeTheIntents()
  await round.aroundTheOutcomes()
  await round.inTheReconciler()
  return round.judge()
}

const WAITING_FOR_IMPORT = {
  'import: the vault has it, and goes on without us': 'hold-import-before-commit',
  'import: the vault has it, and never does it': 'hang-import',
  'import: the vault has done it': 'hold-import-after-commit',
} as const
const WAITING_FOR_ENABLE = {
  'enable: the vault has it, and goes on without us': 'hold-update-before-commit',
  'enable: the vault has it, and never does it': 'hang-update',
  'enable: the vault has done it': 'hold-update-after-commit',
} as const
const WAITING_FOR_WINDOW = {
  'check value: the window is being opened without us': ['hold-update-before-commit', 1],
  'check value: the window is open': ['hold-update-after-commit', 1],
  'check value: the approved operations are being set without us': ['hold-update-before-commit', 2],
  'check value: the approved operations are set': ['hold-update-after-commit', 2],
} as const

class Round {
  private readonly log = new ToldLog()
  private readonly subjects: Subject[] = []
  private readonly waiting = new Map<string, Sealed>()
  private readonly points: string[] = []
  private readonly names = new Set<string>()
  private startedAt = 0
  private stopReleasing: (() => Promise<void>) | undefined
  private keptHeld = new Set<string>()
  private windowName = ''
  private neverImported = ''

  constructor(private readonly parts: RoundParts) {}

  /** Keys that wait for their review, one for each point at which an enabling is to be killed. */
  async prepare(): Promise<void> {
    await this.parts.ground.sql('DELETE FROM rate_limit') // a round is more than an officer does in a day
    for (const [point, prefix] of Object.entries(WAITING_FOR_ENABLE)) await this.bringIn(point, 'ec', prefix)
    for (const [point, [prefix]] of Object.entries(WAITING_FOR_WINDOW)) await this.bringIn(point, 'oct', prefix)
    await this.bringIn('enable: before the intent', 'ec', 'plain')
    await this.bringIn('check value: before the intent', 'oct', 'plain')
    await this.bringIn('enable: before the outcome', 'ec', 'hold-update-after-commit')
    await this.bringIn('enable: before the answer', 'ec', 'hold-update-after-commit')
    await this.bringIn('check value: before the window is known to be closed', 'oct', 'hold-update-after-commit')
  }

  private async seal(family: Family, prefix: string): Promise<Sealed> {
    const sealed = await sealKey(this.parts.gates, family, prefix)
    this.names.add(sealed.keyName)
    return sealed
  }

  private async bringIn(point: string, family: Family, prefix: string): Promise<void> {
    const sealed = await this.seal(family, prefix)
    const told = await sendImport(this.parts.cast, this.log, sealed).told
    if (!told?.ok) throw new Error(`no key for "${point}": ${codeOf(told)}`)
    this.waiting.set(point, sealed)
  }

  private async enable(point: string): Promise<SentAct> {
    const sealed = this.waiting.get(point)
    if (!sealed) throw new Error(`no key was brought in for "${point}"`)
    return this.note(point, await sendEnable(this.parts.ground, this.parts.cast, this.log, sealed))
  }

  private note(point: string, sent: SentAct): SentAct {
    this.subjects.push({ point, sealed: sent.sealed, sent })
    return sent
  }

  async whileTheVaultHolds(): Promise<void> {
    const { ground } = this.parts
    const holding: SentAct[] = []
    for (const [point, prefix] of Object.entries(WAITING_FOR_IMPORT))
      holding.push(this.note(point, sendImport(this.parts.cast, this.log, await this.seal('ec', prefix))))
    for (const point of Object.keys(WAITING_FOR_ENABLE)) holding.push(await this.enable(point))
    for (const point of Object.keys(WAITING_FOR_WINDOW)) holding.push(await this.enable(point))
    for (const [point, [, call]] of Object.entries(WAITING_FOR_WINDOW)) {
      const { keyName } = this.sealedOf(point)
      if (call === 2) await this.passFirstHold(keyName, point)
    }
    for (const { sealed } of holding) await this.isAtTheVault(sealed)
    this.neverImported = this.sealedOf('import: the vault has it, and never does it').keyName
    this.windowName = this.sealedOf('check value: the window is open').keyName
    const goOn = holding.filter(({ sealed }) => sealed.keyName !== this.windowName)
    await this.killAndStart(holding.length)
    for (const { sealed } of goOn) await release(ground, sealed.keyName) // the vault goes on with what nobody waits for
    this.keptHeld = new Set([this.windowName])
    this.points.push(...Object.keys({ ...WAITING_FOR_IMPORT, ...WAITING_FOR_ENABLE, ...WAITING_FOR_WINDOW }))
  }

  private sealedOf(point: string): Sealed {
    const found = this.subjects.find((each) => each.point === point)
    if (!found) throw new Error(`nothing was sent for "${point}"`)
    return found.sealed
  }

  /** The first PATCH of a check value's window goes on; the second is the one to be held. */
  private async passFirstHold(name: string, point: string): Promise<void> {
    const { ground } = this.parts
    const isHeld = async () => (await heldCalls(ground)).some((each) => each.name === name)
    await until(`${point}, first call`, isHeld)
    const before = await this.patches(name)
    await release(ground, name)
    await until(`${point}, the first call's end`, async () => (await this.patches(name)) > before)
    await until(`${point}, second call`, isHeld)
  }

  /** Calls to encrypt under that name are logged between the two. */
  private async patches(name: string): Promise<number> {
    const { readFile } = await import('node:fs/promises')
    const lines = (await readFile(this.parts.ground.acknowledgedFile, 'utf8'))
      .split('\n')
      .filter((line) => line.includes(`"${name}"`))
    return lines.filter((line) => line.includes('"operation":"update"')).length
  }

  /** Held by its sentinel; what hangs is in no list, so its intent on record has to do, and a moment to be sent. */
  private async isAtTheVault({ keyName }: Sealed): Promise<void> {
    const { ground } = this.parts
    if (!keyName.startsWith('hang-'))
      return until(`${keyName} is held`, async () => (await heldCalls(ground)).some(({ name }) => name === keyName))
    await until(`${keyName} is intended`, async () => (await this.openIntents([keyName])) === 1)
  }

  private async openIntents(names: readonly string[]): Promise<number> {
    const [row] = await this.parts.ground.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM operation WHERE key_name = ANY($1) AND status IN ('pending', 'indeterminate')`,
      [names],
    )
    return row?.n ?? 0
  }

  async beforeTheIntents(): Promise<void> {
    const { ground } = this.parts
    const imported = await this.seal('ec', 'plain')
    const names = ['enable: before the intent', 'check value: before the intent']
    const obstacles = await Promise.all([
      holdIntentOf(ground, imported),
      ...names.map((point) => holdIntentOf(ground, this.waiting.get(point) ?? imported)),
    ])
    this.note('import: before the intent', sendImport(this.parts.cast, this.log, imported))
    for (const point of names) await this.enable(point)
    await this.killWhenBlocked('before the intents', obstacles)
    this.points.push('import: before the intent', ...names)
  }

  async aroundTheOutcomes(): Promise<void> {
    const { ground, cast } = this.parts
    const outcomes = [
      this.note(
        'import: before the outcome',
        sendImport(cast, this.log, await this.seal('ec', 'hold-import-after-commit')),
      ),
      await this.enable('enable: before the outcome'),
      await this.enable('check value: before the window is known to be closed'),
    ]
    const answers = [
      this.note(
        'import: before the answer',
        sendImport(cast, this.log, await this.seal('ec', 'hold-import-after-commit')),
      ),
      await this.enable('enable: before the answer'),
    ]
    const window = 'check value: before the window is known to be closed'
    await this.passFirstHold(this.sealedOf(window).keyName, window)
    for (const { sealed } of [...outcomes, ...answers]) await this.isAtTheVault(sealed)
    const obstacles = await Promise.all([
      ...outcomes.map(({ sealed }) => holdOutcomeOf(ground, sealed)),
      ...answers.map(({ idempotencyKey }) => holdAnswerOf(ground, idempotencyKey)),
    ])
    await Promise.all([...outcomes, ...answers].map(({ sealed }) => release(ground, sealed.keyName)))
    await this.killWhenBlocked('around the outcomes', obstacles)
    this.points.push(
      'import: before the outcome',
      'enable: before the outcome',
      window,
      'import: before the answer',
      'enable: before the answer',
    )
  }

  /** The reconciler is at an import's outcome, and at the vault to close a window. */
  async inTheReconciler(): Promise<void> {
    const { ground } = this.parts
    const never = [...this.names].find((name) => name === this.neverImported)
    const sealed = this.subjects.find((each) => each.sealed.keyName === never)?.sealed
    if (!sealed) throw new Error('the import that never happens is not there')
    const obstacle = await holdOutcomeOf(ground, sealed)
    this.stopReleasing = keepReleasing(ground, (name) => this.keptHeld.has(name))
    const isClosing = async () => (await heldCalls(ground)).some(({ name }) => name === this.windowName)
    await until('the reconciler closes a window', isClosing, 90_000)
    await this.killWhenBlocked('in the reconciler', [obstacle], 90_000)
    this.keptHeld.clear()
    this.points.push('reconciler: before an import’s outcome', 'reconciler: while it closes a window')
  }

  private async killWhenBlocked(what: string, obstacles: Obstacle[], patienceMs?: number): Promise<void> {
    const { ground } = this.parts
    try {
      await until(what, async () => (await countBlocked(ground, obstacles)) === obstacles.length, patienceMs)
      await ground.kill()
    } finally {
      await Promise.all(obstacles.map(({ remove }) => remove()))
    }
    await this.start()
    this.parts.say(`killed ${what} (${obstacles.length})`)
  }

  private async killAndStart(count: number): Promise<void> {
    await this.parts.ground.kill()
    await this.start()
    this.parts.say(`killed while the vault held ${count} calls`)
  }

  private async start(): Promise<void> {
    await this.parts.ground.start()
    this.startedAt = Date.now()
  }

  async judge(): Promise<RoundResult> {
    const { ground } = this.parts
    const names = [...this.names]
    await until('every outcome', async () => (await this.openIntents(names)) === 0, OUTCOME_WITHIN_MS + 5_000).catch(
      (error: unknown) => {
        if (!(error instanceof Missed)) throw error // what is still open is the checker's to name
      },
    )
    await this.stopReleasing?.()
    await Promise.all(this.subjects.map(({ sent }) => sent?.told))
    await Promise.all(this.subjects.map(({ sent }) => sent?.askAgain()))
    const logs = await readLogs({
      databaseUrl: ground.ownerUrl,
      vaults: ground.vault.vaults,
      token: ground.vault.token,
      acknowledgedFile: ground.acknowledgedFile,
      inScope: (name) => this.names.has(name),
    })
    const outcomeBy = new Date(this.startedAt + OUTCOME_WITHIN_MS)
    const violations = checkOutcomes({ ...logs, told: this.log.calls, outcomeBy })
    const last = Math.max(0, ...logs.ours.operations.map(({ finishedAt }) => finishedAt?.getTime() ?? 0))
    return {
      points: this.points,
      violations: violations.map(({ rule, what }) => `${rule}: ${what}`),
      slowest: Math.max(0, last - this.startedAt) / 1000,
    }
  }
}
