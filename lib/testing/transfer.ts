import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { asPkcs8Der, asRawSecretKey, asSpkiDer, copyBytes, sealTransferBlob, sha256Hex } from '@/lib/crypto'
import type { ImportTarget } from '@/lib/domain/imports/target'
import type { SubmitImportInput, TargetFacts } from '@/lib/domain/imports/views'
import { runPreflight, warningsOf } from '@/lib/domain/preflight/run-preflight'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import type { ConnectionRow } from '@/lib/server/context'
import { readCallerFacts, vaultAnswers } from '@/lib/server/imports/caller-facts'
import { readFacts } from '@/lib/server/imports/read-facts'
import { createKek } from '@/lib/server/keks/create-kek'
import { getKek } from '@/lib/server/keks/get-kek'
import type { TestConsole } from './console'

export interface TestKek {
  id: string
  kid: string
  spki: Uint8Array
}

/** A KEK made through the service. */
export async function makeKek(
  { ctx, actors }: TestConsole,
  connection: ConnectionRow,
  bits: 2048 | 3072 | 4096 = 2048,
): Promise<TestKek> {
  const name = `kek-${randomUUID().slice(0, 8)}`
  const made = await createKek(ctx, actors.custodian, { connectionId: connection.id, name, bits, expiresAt: null })
  if (!made.ok) throw new Error(`no KEK: ${made.error.code}`)
  const kek = await getKek(ctx, actors.custodian, made.value.kekId)
  if (!kek?.kid || !kek.spkiBase64Url) throw new Error('a KEK without its public key')
  return { id: kek.id, kid: kek.kid, spki: Buffer.from(kek.spkiBase64Url, 'base64url') }
}

export type KeyShape = Pick<ImportTarget, 'kty' | 'sizeOrCurve' | 'keyOps'>

export const SHAPES = {
  rsa2048: { kty: 'RSA-HSM', sizeOrCurve: '2048', keyOps: ['sign', 'verify'] },
  p256: { kty: 'EC-HSM', sizeOrCurve: 'P-256', keyOps: ['sign', 'verify'] },
  p256k: { kty: 'EC-HSM', sizeOrCurve: 'P-256K', keyOps: ['sign', 'verify'] },
  aes256: { kty: 'oct-HSM', sizeOrCurve: '256', keyOps: ['wrapKey', 'unwrapKey'] },
} as const satisfies Record<string, { kty: string; sizeOrCurve: string; keyOps: readonly string[] }>

const NODE_CURVES: Record<string, string> = {
  'P-256': 'prime256v1',
  'P-256K': 'secp256k1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

export interface MadeKey {
  blob: Uint8Array
  /** null for a symmetric key. */
  publicKeySha256: string | null
  publicKey: KeyObject | null
  /** What must never be found anywhere afterwards. */
  ciphertext: string
}

/** A fresh key of that shape, wrapped under the KEK as a transfer blob. */
export async function makeBlob(
  kek: TestKek,
  shape: { kty: string; sizeOrCurve: string },
  { generator = 'Drawbridge test' } = {},
): Promise<MadeKey> {
  const pair = keyPairOf(shape)
  const plaintext = pair
    ? asPkcs8Der(copyBytes(pair.privateKey.export({ type: 'pkcs8', format: 'der' })))
    : asRawSecretKey(copyBytes(randomBytes(Number(shape.sizeOrCurve) / 8)))
  const kekSpki = asSpkiDer(copyBytes(kek.spki))
  const blob = await sealTransferBlob({ kekSpki, kekKid: kek.kid, plaintext, generator })
  const parsed = JSON.parse(new TextDecoder().decode(blob)) as { ciphertext: string } // made two lines above
  const spki = pair?.publicKey.export({ type: 'spki', format: 'der' })
  return {
    blob,
    publicKeySha256: spki ? await sha256Hex(spki) : null,
    publicKey: pair?.publicKey ?? null,
    ciphertext: parsed.ciphertext,
  }
}

function keyPairOf({ kty, sizeOrCurve }: { kty: string; sizeOrCurve: string }) {
  if (kty.startsWith('RSA')) return generateKeyPairSync('rsa', { modulusLength: Number(sizeOrCurve) })
  if (kty.startsWith('EC')) return generateKeyPairSync('ec', { namedCurve: NODE_CURVES[sizeOrCurve] ?? '' })
  return null
}

/** What the wizard would submit, every warning acknowledged that it would show now. */
export async function submission(
  testConsole: TestConsole,
  connection: ConnectionRow,
  kek: TestKek,
  made: Pick<MadeKey, 'blob' | 'publicKeySha256'>,
  wanted: {
    name: string
    shape: { kty: string; sizeOrCurve: string; keyOps: readonly string[] }
  } & Partial<SubmitImportInput>,
): Promise<SubmitImportInput> {
  const { name, shape, ...rest } = wanted
  const target: ImportTarget = {
    name,
    // A shape is one of the table above: the schema in the service says so again.
    ...(shape as KeyShape),
    keyOps: [...shape.keyOps] as ImportTarget['keyOps'],
    notBefore: null,
    expiresAt: null,
    exportable: false,
    releasePolicy: null,
    tags: { purpose: 'test' },
  }
  const input: SubmitImportInput = {
    draftId: null,
    connectionId: connection.id,
    kekKid: kek.kid,
    fileName: 'key.byok',
    origin: 'transfer_blob',
    file: made.blob,
    acceptedNormalisedSha256: null,
    target,
    typedName: null,
    acknowledgedWarnings: [],
    expectedPublicKeySha256: made.publicKeySha256,
    ...rest,
  }
  if (rest.acknowledgedWarnings) return input
  const facts = await readFacts(testConsole.ctx, connection, { kekKid: kek.kid, name })
  return { ...input, acknowledgedWarnings: await warnings(testConsole, connection, input, facts) }
}

async function warnings(
  { ctx, actors }: TestConsole,
  connection: ConnectionRow,
  input: SubmitImportInput,
  facts: TargetFacts,
): Promise<string[]> {
  return warningsOf(
    runPreflight({
      file: await readTransferFile(input.file),
      vault: connection,
      kek: facts.kek,
      kekKid: input.kekKid,
      recordedKekSpkiSha256: facts.kek.state === 'read' ? facts.kek.spkiSha256 : null,
      target: input.target,
      nameState: facts.nameState,
      typedName: input.typedName,
      caller: { ...(await readCallerFacts(ctx, actors.custodian, connection.id)), vaultAnswers: vaultAnswers(facts) },
      now: ctx.clock(),
    }),
  )
}
