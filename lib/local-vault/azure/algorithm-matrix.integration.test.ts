import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BareClient, bareClient } from '../testing/bare-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'
import { algorithmMatrix, type CryptographicOperation, type MatrixKey } from './cryptography/algorithm-matrix'
import { type AlgorithmName, type SignatureAlgorithm, signatureAlgorithms } from './cryptography/algorithms'
import { familyOperations } from './key-types'

// Every key type × operation × algorithm over the wire, made from the matrix: what it allows works, and everything else gets
// the answer that the service documents for it.

type Family = keyof typeof familyOperations
type Key = { kty: string; family: Family; key: MatrixKey; shape: object }

const curves = ['P-256', 'P-256K', 'P-384', 'P-521'] as const
const sizes = [128, 192, 256] as const

const rsa = (kty: string): Key[] => [{ kty, family: 'RSA', key: 'RSA', shape: { key_size: 2048 } }]
const ec = (kty: string): Key[] => curves.map((crv) => ({ kty, family: 'EC', key: crv, shape: { crv } }))
const oct = (kty: string): Key[] =>
  sizes.map((bits) => ({ kty, family: 'oct', key: `oct-${bits}`, shape: { key_size: bits } }))

const hsmTypes = [...rsa('RSA-HSM'), ...ec('EC-HSM'), ...oct('oct-HSM')]
const keysOf = { 'Key Vault': [...rsa('RSA'), ...ec('EC'), ...hsmTypes], 'Managed HSM': hsmTypes }

const operations = ['sign', 'verify', 'encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] as const
const algorithms = Object.keys(algorithmMatrix) as AlgorithmName[] // the table's keys are exactly AlgorithmName
const inverse = { sign: 'verify', encrypt: 'decrypt', wrapKey: 'unwrapKey' } as const

type Making = keyof typeof inverse
const isMaking = (operation: CryptographicOperation): operation is Making => Object.hasOwn(inverse, operation)

let vault: TestVault
let clients: Record<keyof typeof keysOf, BareClient>
beforeAll(async () => {
  vault = await startTestVault()
  clients = {
    'Key Vault': await bareClient(vault.description, 0),
    'Managed HSM': await bareClient(vault.description, 1),
  }
})
afterAll(() => vault.stop())

const base64Url = (bytes: Buffer) => bytes.toString('base64url')

/** Bytes of a length that the algorithm takes. */
function inputFor(alg: AlgorithmName): Buffer {
  if (!Object.hasOwn(signatureAlgorithms, alg)) return randomBytes(32)
  const how: SignatureAlgorithm = signatureAlgorithms[alg as keyof typeof signatureAlgorithms] // just looked up
  return randomBytes('digest' in how ? how.digest.bytes : 40)
}

function bodyFor(operation: CryptographicOperation, alg: AlgorithmName): Record<string, string> {
  const [value, iv] = [base64Url(inputFor(alg)), base64Url(randomBytes(16))]
  return operation === 'verify' ? { alg, digest: value, value } : { alg, value, iv }
}

type Answer = [status: number, code?: string | undefined, inner?: string | undefined]
const answerOf = ({ status, body }: Awaited<ReturnType<BareClient>>): Answer =>
  status === 200 ? [200] : [status, body.error?.code, body.error?.innererror?.code]

/** What is not allowed: an operation that no key of the type may have is forbidden, an algorithm that does not fit is a bad parameter. */
function refusalOf({ family }: Key, operation: CryptographicOperation): Answer {
  const possible: readonly string[] = familyOperations[family]
  return possible.includes(operation) ? [400, 'BadParameter', undefined] : [403, 'Forbidden', 'KeyOperationForbidden']
}

describe.each(['Key Vault', 'Managed HSM'] as const)('in a %s', (where) => {
  it.each(keysOf[where].map((key) => [`${key.kty} ${key.key}`, key] as const))(
    '%s does what the matrix says, and nothing else',
    async (_what, key) => {
      const ask = clients[where]
      const name = `matrix-${key.kty}-${key.key}`.toLowerCase()
      const keyOps = familyOperations[key.family]
      const created = await ask('POST', `/keys/${name}/create`, { kty: key.kty, ...key.shape, key_ops: keyOps })
      expect(created.status).toBe(200)
      const cells = operations.flatMap((operation) => algorithms.map((alg) => ({ operation, alg })))
      for (const { operation, alg } of cells) {
        const row = algorithmMatrix[alg]
        const cell = `${name} ${operation} ${alg}`
        if (!row.keys.includes(key.key) || !row.operations.includes(operation)) {
          const refused = await ask('POST', `/keys/${name}/${operation}`, bodyFor(operation, alg))
          expect([cell, ...answerOf(refused)]).toEqual([cell, ...refusalOf(key, operation)])
        } else if (isMaking(operation)) {
          await thereAndBack(ask, name, operation, alg)
        }
      }
    },
  )
})

/** The operation and its inverse: the result is taken back as what went in. */
async function thereAndBack(ask: BareClient, name: string, operation: Making, alg: AlgorithmName): Promise<void> {
  const cell = `${name} ${operation} ${alg}`
  const input = base64Url(inputFor(alg))
  const made = await ask('POST', `/keys/${name}/${operation}`, { alg, value: input, iv: base64Url(randomBytes(16)) })
  expect([cell, ...answerOf(made)]).toEqual([cell, 200])
  expect(made.body.kid, cell).toMatch(new RegExp(`/keys/${name}/[0-9a-f]{32}$`))
  const { value, iv, tag } = made.body
  const body = operation === 'sign' ? { alg, digest: input, value } : { alg, value, iv, tag }
  const back = await ask('POST', `/keys/${name}/${inverse[operation]}`, body)
  expect([cell, back.status, back.body.value]).toEqual([cell, 200, operation === 'sign' ? true : input])
  const changed = Buffer.from(String(value), 'base64url')
  changed.writeUInt8(changed.readUInt8(0) ^ 1, 0)
  const spoilt = await ask('POST', `/keys/${name}/${inverse[operation]}`, { ...body, value: base64Url(changed) })
  expect([cell, spoilt.body.value === (operation === 'sign' ? true : input)]).toEqual([cell, false])
}

describe('key_ops', () => {
  it.each([
    ['RSA', ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']],
    ['RSA-HSM', ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']],
    ['EC', ['sign', 'verify']],
    ['EC-HSM', ['sign', 'verify']],
    ['oct-HSM', ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']],
  ])('%s has its default', async (kty, expected) => {
    const { body } = await clients['Key Vault']('POST', `/keys/default-${kty}/create`, { kty })
    expect(body.key?.key_ops).toEqual(expected)
  })

  it.each(operations)('%s is refused where it is left out, for every type that could have it', async (operation) => {
    const ask = clients['Managed HSM']
    for (const { kty, family, shape } of [rsa('RSA-HSM'), ec('EC-HSM'), oct('oct-HSM')].flatMap(
      ([first]) => first ?? [],
    )) {
      const possible: readonly string[] = familyOperations[family]
      if (!possible.includes(operation)) continue
      const name = `without-${operation}-${kty}`
      await ask('POST', `/keys/${name}/create`, {
        kty,
        ...shape,
        key_ops: possible.filter((other) => other !== operation),
      })
      const [alg = 'RS256'] = algorithms.filter((name) => algorithmMatrix[name].operations.includes(operation))
      const refused = await ask('POST', `/keys/${name}/${operation}`, bodyFor(operation, alg))
      expect([kty, ...answerOf(refused)]).toEqual([kty, 403, 'Forbidden', 'KeyOperationForbidden'])
      expect(refused.body.error?.message).toMatch(
        new RegExp(`^Operation ${operation} is not permitted on this key\\. \\(Activity ID: `),
      )
    }
  })
})

describe('an algorithm that came later', () => {
  it.each([
    ['CKM_AES_KEY_WRAP', 'wrapKey', ['7.4', '7.5'], ['7.6-preview.1', '7.6', '2025-07-01']],
    ['CKM_AES_KEY_WRAP_PAD', 'wrapKey', ['7.4', '7.5'], ['7.6-preview.1', '7.6', '2025-07-01']],
    ['HS256', 'sign', ['7.4', '7.5', '7.6'], ['2025-07-01']],
  ])('%s is unknown to the api-versions before it', async (alg, operation, before, since) => {
    const ask = clients['Managed HSM']
    await ask('POST', '/keys/later/create', { kty: 'oct-HSM', key_ops: ['wrapKey', 'unwrapKey', 'sign', 'verify'] })
    const value = base64Url(randomBytes(32))
    for (const version of before)
      expect(answerOf(await ask('POST', `/keys/later/${operation}?api-version=${version}`, { alg, value }))).toEqual([
        400,
        'BadParameter',
        undefined,
      ])
    for (const version of since)
      expect(answerOf(await ask('POST', `/keys/later/${operation}?api-version=${version}`, { alg, value }))).toEqual([
        200,
      ])
  })
})
