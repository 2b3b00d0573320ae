import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '@/lib/crypto'
import { BATCH_AT_MOST, type SubmitImportInput } from '@/lib/domain/imports/views'
import { type AnyAction, actionsFromSource } from '@/lib/testing/actions-from-source'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { codeOf, knock, proveAll } from '@/lib/testing/knock'
import { anotherSession } from '@/lib/testing/passkeys/registered'
import type { Actor } from '../context'
import { STEP_UP_LASTS_MS } from '../step-up/step-up-clock'

let testConsole: TestConsole
let prepare: AnyAction
let submit: AnyAction

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { actions } = await actionsFromSource()
  const named = (name: string) => {
    const action = actions.get(name)
    if (!action) throw new Error(`no action ${name}`)
    return action
  }
  prepare = named('imports.prepare-batch')
  submit = named('imports.submit')
})
afterAll(() => testConsole.close())

/** No blob at all: whatever comes after the proof refuses it, and nothing reaches a vault. */
function submission(name: string, content: string = name): SubmitImportInput {
  return {
    draftId: null,
    connectionId: testConsole.connections.vault.id,
    kekKid: 'https://vault.example/keys/kek/1',
    fileName: `${name}.byok`,
    origin: 'transfer_blob',
    file: new TextEncoder().encode(content),
    acceptedNormalisedSha256: null,
    target: {
      name,
      kty: 'EC-HSM',
      sizeOrCurve: 'P-256',
      keyOps: ['sign'],
      notBefore: null,
      expiresAt: null,
      exportable: false,
      releasePolicy: null,
      tags: {},
    },
    typedName: null,
    acknowledgedWarnings: [],
    expectedPublicKeySha256: null,
  }
}

async function prepared({ file, ...rest }: SubmitImportInput) {
  return { ...rest, file: { bytes: file.length, sha256: await sha256Hex(file) } }
}

const custodian = () => testConsole.actors.custodian
const send = async (as: Actor, input: SubmitImportInput) => codeOf(await knock(testConsole.ctx, submit, { as, input }))

async function confirmed(as: Actor, ...inputs: SubmitImportInput[]) {
  const call = { as, input: { imports: await Promise.all(inputs.map(prepared)) }, idempotencyKey: randomUUID() }
  const asked = await knock(testConsole.ctx, prepare, call)
  await proveAll(testConsole.ctx, as)
  return { asked, answer: await knock(testConsole.ctx, prepare, call) }
}

const named = () => [`a-${randomUUID().slice(0, 8)}`, `b-${randomUUID().slice(0, 8)}`] as const

describe('one confirmation of several files', () => {
  it('asks once, in words that name every key and file, and opens each of them', async () => {
    const [a, b] = named()
    const { asked, answer } = await confirmed(custodian(), submission(a), submission(b))
    expect(asked.ok || asked.problem.stepUp?.act).toMatch(new RegExp(`Import 2 keys into .*: ${a} .*, ${b} `))
    expect(codeOf(answer)).toBe('ok')
    for (const name of [a, b]) expect(await send(custodian(), submission(name))).not.toBe('step-up-required')
    const events = await testConsole.ctx.db.auditEvent.findMany({
      where: { type: 'step-up.passed', actorId: custodian().personId },
    })
    expect(events.filter(({ details }) => JSON.stringify(details).includes('imports.submit'))).toHaveLength(2)
  })

  it.each<[string, (input: SubmitImportInput) => SubmitImportInput]>([
    ['one byte of a file', (input) => ({ ...input, file: new TextEncoder().encode('another') })],
    ['a name', (input) => ({ ...input, target: { ...input.target, name: 'another' } })],
    ['an operation', (input) => ({ ...input, target: { ...input.target, keyOps: ['sign', 'verify'] } })],
    ['an acknowledged warning', (input) => ({ ...input, acknowledgedWarnings: ['kek-expiry'] })],
  ])('opens nothing that differs by %s', async (_title, change) => {
    const [a] = named()
    await confirmed(custodian(), submission(a))
    expect(await send(custodian(), change(submission(a)))).toBe('step-up-required')
  })

  it('opens nothing to another session, and nothing after its time', async () => {
    const [a, b] = named()
    await confirmed(custodian(), submission(a), submission(b))
    expect(await send(await anotherSession(testConsole.ctx, custodian()), submission(a))).toBe('step-up-required')
    expect(await send(testConsole.actors.custodian2, submission(a))).toBe('step-up-required')
    testConsole.advance(STEP_UP_LASTS_MS)
    expect(await send(custodian(), submission(b))).toBe('step-up-required')
    testConsole.advance(-STEP_UP_LASTS_MS)
  })

  it('opens nothing while it is not proved', async () => {
    const [a] = named()
    const input = { imports: [await prepared(submission(a))] }
    expect(codeOf(await knock(testConsole.ctx, prepare, { as: custodian(), input }))).toBe('step-up-required')
    expect(await send(custodian(), submission(a))).toBe('step-up-required')
  })

  it('is for two hundred files in the time that an act has: each of them is open, and stands in the log', async () => {
    const as = custodian()
    const events = () =>
      testConsole.ctx.db.auditEvent.count({ where: { type: 'step-up.passed', actorId: as.personId } })
    const before = await events()
    const files = Array.from({ length: BATCH_AT_MOST }, (_, index) => submission(`n-${index}`))
    const input = { imports: await Promise.all(files.map(prepared)) }
    const call = { as, input, idempotencyKey: randomUUID() }
    await knock(testConsole.ctx, prepare, call)
    await proveAll(testConsole.ctx, as)
    expect(codeOf(await knock(testConsole.ctx, prepare, call))).toBe('ok')
    expect((await events()) - before).toBe(BATCH_AT_MOST)
    expect(await send(as, files.at(-1) ?? submission('none'))).not.toBe('step-up-required')
  })

  it('is for at most two hundred files, and for at least one', async () => {
    const many = await Promise.all(
      Array.from({ length: BATCH_AT_MOST + 1 }, (_, index) => prepared(submission(`n-${index}`))),
    )
    for (const imports of [many, []]) {
      expect(codeOf(await knock(testConsole.ctx, prepare, { as: custodian(), input: { imports } }))).toBe(
        'invalid-input',
      )
    }
  })
})
