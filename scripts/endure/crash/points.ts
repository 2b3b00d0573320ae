import { Missed, until } from './held'
import type { Sealed } from './keys'
import { holdAnswerOf, holdIntentOf, holdOutcomeOf } from './locks'
import type { Round } from './round'

/** Brings the console to these points, kills it there and starts it again. Throws `Missed` when one was not reached. */
interface Stage {
  points: readonly string[]
  reach: (round: Round) => Promise<void>
}

type Ready = Awaited<ReturnType<Round['importOf']>>

const stage = (point: string, reach: Stage['reach']): Stage => ({ points: [point], reach })

/** The intent can't be written: somebody else's, on the same key, is not yet decided. */
const beforeTheIntent = (point: string, ready: (round: Round) => Promise<Ready>): Stage =>
  stage(point, async (round) => {
    const { sealed, act } = await ready(round)
    const obstacle = await holdIntentOf(round.ground, sealed)
    round.send(act)
    await round.killAt([obstacle])
  })

/** The vault has done it; its answer is let through only when the outcome's row is held. */
const beforeTheOutcome = (
  point: string,
  ready: (round: Round) => Promise<Ready>,
  arrive: (round: Round, sealed: Sealed) => Promise<void>,
): Stage =>
  stage(point, async (round) => {
    const { sealed, act } = await ready(round)
    round.send(act)
    await arrive(round, sealed)
    const obstacle = await holdOutcomeOf(round.ground, sealed)
    round.letGo(sealed)
    await round.killAt([obstacle])
  })

const beforeTheAnswer = (point: string, ready: (round: Round) => Promise<Ready>): Stage =>
  stage(point, async (round) => {
    const { sealed, act } = await ready(round)
    const { idempotencyKey } = round.send(act)
    await round.isAtTheVault(sealed)
    const obstacle = await holdAnswerOf(round.ground, idempotencyKey)
    round.letGo(sealed)
    await round.killAt([obstacle])
  })

const isHeldOnce = (round: Round, sealed: Sealed) => round.isAtTheVault(sealed)
const isHeldTwice = (round: Round, sealed: Sealed) => round.passFirstHold(sealed)

interface AtTheVault {
  make: (round: Round) => Promise<Ready>
  /** Its second call is the one to be held. */
  second?: true
}

/** What the vault holds when the console dies, each on a key of its own; the name says where. */
const ACTS_AT_THE_VAULT: Record<string, AtTheVault> = {
  'import: the vault has it, and goes on without us': { make: (round) => round.importOf('hold-import-before-commit') },
  'import: the vault has done it': { make: (round) => round.importOf('hold-import-after-commit') },
  'enable: the vault has it, and goes on without us': {
    make: (round) => round.enableOf('ec', 'hold-update-before-commit'),
  },
  'enable: the vault has it, and never does it': { make: (round) => round.enableOf('ec', 'hang-update') },
  'enable: the vault has done it': { make: (round) => round.enableOf('ec', 'hold-update-after-commit') },
}
const WINDOWS_AT_THE_VAULT: Record<string, AtTheVault> = {
  'check value: the window opens without us': { make: (round) => round.enableOf('oct', 'hold-update-before-commit') },
  'check value: the window never opens': { make: (round) => round.enableOf('oct', 'hang-update') },
  'check value: the approved operations are set without us': {
    make: (round) => round.enableOf('oct', 'hold-update-before-commit'),
    second: true,
  },
  'check value: the approved operations are set': {
    make: (round) => round.enableOf('oct', 'hold-update-after-commit'),
    second: true,
  },
}

/** Each is brought to its point before the next is sent: all of them stand there within the time of the first's call. */
async function bringToTheVault(round: Round, acts: readonly AtTheVault[]): Promise<Sealed[]> {
  const ready: Ready[] = []
  for (const { make } of acts) ready.push(await make(round))
  for (const [index, { sealed, act }] of ready.entries()) {
    round.send(act)
    await (acts[index]?.second ? round.passFirstHold(sealed) : round.isAtTheVault(sealed))
  }
  return ready.map(({ sealed }) => sealed)
}

/** One kill for all of them; then the vault goes on with what nobody waits for. */
const atTheVault = (acts: Record<string, AtTheVault>): Stage => ({
  points: Object.keys(acts),
  reach: async (round) => {
    const held = await bringToTheVault(round, Object.values(acts))
    await round.kill()
    round.letGo(...held)
  },
})

/** Killed while the vault holds them, and again when the reconciler is at work on what that left. */
const inTheReconciler: Stage = {
  points: [
    'import: the vault has it, and never does it',
    'check value: the window is open',
    'reconciler: before an import’s outcome',
    'reconciler: while it closes a window',
  ],
  reach: async (round) => {
    const [never, window] = await bringToTheVault(round, [
      { make: (each) => each.importOf('hang-import') },
      { make: (each) => each.enableOf('oct', 'hold-update-after-commit') },
    ])
    await round.kill()
    if (never && window) await killTheReconciler(round, never, window)
  },
}

/** After the deadlines: the outcome of one can't be written, and the closing of the other is held at the vault. */
async function killTheReconciler(round: Round, never: Sealed, window: Sealed): Promise<void> {
  const obstacle = await holdOutcomeOf(round.ground, never)
  await until('the reconciler closes a window', () => round.isHeld(window.keyName), 90_000)
  await round.killAt([obstacle], 90_000)
  round.letGo(window)
}

/** Every point, in the order in which a round takes them. */
const STAGES: readonly Stage[] = [
  beforeTheIntent('import: before the intent', (round) => round.importOf('plain')),
  beforeTheIntent('enable: before the intent', (round) => round.enableOf('ec', 'plain')),
  beforeTheIntent('check value: before the intent', (round) => round.enableOf('oct', 'plain')),
  beforeTheOutcome('import: before the outcome', (round) => round.importOf('hold-import-after-commit'), isHeldOnce),
  beforeTheOutcome(
    'enable: before the outcome',
    (round) => round.enableOf('ec', 'hold-update-after-commit'),
    isHeldOnce,
  ),
  beforeTheOutcome(
    'check value: before the window is known to be closed',
    (round) => round.enableOf('oct', 'hold-update-after-commit'),
    isHeldTwice,
  ),
  beforeTheAnswer('import: before the answer', (round) => round.importOf('hold-import-after-commit')),
  beforeTheAnswer('enable: before the answer', (round) => round.enableOf('ec', 'hold-update-after-commit')),
  atTheVault(ACTS_AT_THE_VAULT),
  atTheVault(WINDOWS_AT_THE_VAULT),
  inTheReconciler,
]

/** On a machine that is too busy a point may be missed: then nothing was shown, and it is tried with another key. */
const TRIES = 4

/** Takes every stage once; answers the points at which the console was killed. */
export async function takeEveryPoint(round: Round): Promise<string[]> {
  for (const { points, reach } of STAGES) {
    const startedAt = Date.now()
    await tryStage(round, points, reach)
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    round.parts.say(`${seconds.padStart(5)} s  ${points.join('\n             ')}`)
  }
  return STAGES.flatMap(({ points }) => points)
}

async function tryStage(round: Round, points: readonly string[], reach: Stage['reach']): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await reach(round)
    } catch (error) {
      if (!(error instanceof Missed) || attempt === TRIES) throw error
      round.parts.say(`${points[0]}: ${error.message}; once more`)
    }
  }
}
