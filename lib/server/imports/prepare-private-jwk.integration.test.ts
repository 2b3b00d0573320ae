import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asRawSecretKey } from '@/lib/crypto/bytes'
import { aesCheckValues } from '@/lib/crypto/private-key/check-values'
import { type AnyAction, actionsFromSource } from '@/lib/testing/actions-from-source'
import { CLEAR_SHAPES, type ClearKey, type ClearShape, clearSubmission, makeClearKey } from '@/lib/testing/clear-key'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { codeOf, knock, knockProven } from '@/lib/testing/knock'

let testConsole: TestConsole
let actions: ReadonlyMap<string, AnyAction>

beforeAll(async () => {
  testConsole = await createTestConsole()
  actions = (await actionsFromSource()).actions
})
afterAll(() => testConsole.close())

function action(name: string): AnyAction {
  const found = actions.get(name)
  if (!found) throw new Error(`no action ${name}`)
  return found
}

/** As the page names a key before it sends it. */
function named({ jwk, publicKeySha256 }: ClearKey) {
  if (publicKeySha256) return { spkiSha256: publicKeySha256 }
  return { kcv: aesCheckValues(asRawSecretKey(new Uint8Array(Buffer.from(jwk.k ?? '', 'base64url')))) }
}

async function prepared(where: 'vault' | 'hsm', shape: ClearShape, key = makeClearKey(shape)) {
  const name = `once-${randomUUID()}`
  const { jwk, ...open } = await clearSubmission(testConsole, testConsole.connections[where], key, { name })
  const as = testConsole.actors.custodian
  const input = { ...open, key: named(key) }
  const result = await knockProven(testConsole.ctx, action('imports.prepare-private-jwk'), { as, input })
  return { key, result, submission: { ...open, jwk } }
}

const submit = (input: unknown, as = testConsole.actors.custodian) =>
  knock(testConsole.ctx, action('imports.submit-private-jwk'), { as, input })

describe('the proof for a private key is given before it is sent', () => {
  it.each([
    ['a key pair', 'vault', CLEAR_SHAPES.ec],
    ['a symmetric key', 'hsm', CLEAR_SHAPES.oct],
  ] as const)('%s crosses by its first call', async (_what, where, shape) => {
    const { result, submission } = await prepared(where, shape)
    expect(result).toEqual({ ok: true, value: null })
    expect(await submit(submission)).toMatchObject({ ok: true, value: { status: 'awaiting_review' } })
  })

  it('and it is for that key, that target and that session alone', async () => {
    const { submission } = await prepared('vault', CLEAR_SHAPES.ec)
    const other = makeClearKey(CLEAR_SHAPES.ec)
    const otherKey = {
      ...submission,
      jwk: new TextEncoder().encode(JSON.stringify(other.jwk)),
      expectedPublicKeySha256: other.publicKeySha256,
    }
    expect(codeOf(await submit(otherKey))).toBe('step-up-required')
    expect(codeOf(await submit({ ...submission, jwk: otherKey.jwk }))).toBe('step-up-required')
    const otherTarget = { ...submission, target: { ...submission.target, name: 'another-name' } }
    expect(codeOf(await submit(otherTarget))).toBe('step-up-required')
    expect(codeOf(await submit(submission, testConsole.actors.custodian2))).toBe('step-up-required')
    expect(codeOf(await submit(submission))).toBe('ok')
  })

  it('another symmetric key, which no public half tells apart, asks again', async () => {
    const { submission } = await prepared('hsm', CLEAR_SHAPES.oct)
    const jwk = new TextEncoder().encode(JSON.stringify(makeClearKey(CLEAR_SHAPES.oct).jwk))
    expect(codeOf(await submit({ ...submission, jwk }))).toBe('step-up-required')
    expect(codeOf(await submit(submission))).toBe('ok')
  })
})
