import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { ImportTarget } from '@/lib/domain/imports/target'
import type { SubmitPrivateJwkInput } from '@/lib/domain/imports/views'
import { runPreflight, warningsOf } from '@/lib/domain/preflight/run-preflight'
import type { ConnectionRow } from '@/lib/server/context'
import { sha256Hex } from '@/lib/server/digest'
import { readCallerFacts, vaultAnswers } from '@/lib/server/imports/caller-facts'
import { knownTier } from '@/lib/server/imports/known-tier'
import { readFacts } from '@/lib/server/imports/read-facts'
import type { TestConsole } from './console'

type Shape = Pick<ImportTarget, 'kty' | 'sizeOrCurve' | 'keyOps'>

export const CLEAR_SHAPES = {
  rsa: { kty: 'RSA', sizeOrCurve: '2048', keyOps: ['sign', 'verify'] },
  rsaHsm: { kty: 'RSA-HSM', sizeOrCurve: '2048', keyOps: ['sign', 'verify'] },
  ec: { kty: 'EC', sizeOrCurve: 'P-256', keyOps: ['sign', 'verify'] },
  p256k: { kty: 'EC', sizeOrCurve: 'P-256K', keyOps: ['sign', 'verify'] },
  ecHsm: { kty: 'EC-HSM', sizeOrCurve: 'P-521', keyOps: ['sign', 'verify'] },
  oct: { kty: 'oct-HSM', sizeOrCurve: '256', keyOps: ['wrapKey', 'unwrapKey'] },
} as const satisfies Record<string, Omit<Shape, 'keyOps'> & { keyOps: readonly string[] }>
export type ClearShape = (typeof CLEAR_SHAPES)[keyof typeof CLEAR_SHAPES]

export interface ClearKey {
  shape: ClearShape
  jwk: Record<string, string>
  /** null for a symmetric key. */
  publicKeySha256: string | null
  /** Each member that must never be found afterwards, and the JSON that is sent. */
  secrets: { what: string; bytes: Buffer }[]
}

const NODE_CURVES: Record<string, string> = { 'P-256': 'P-256', 'P-256K': 'secp256k1', 'P-521': 'P-521' }
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']

/** A fresh key, made and written as a JWK by OpenSSL (through Node), not by our own code. */
export function makeClearKey(shape: ClearShape): ClearKey {
  const { members, publicKeySha256 } = shape.kty === 'oct-HSM' ? freshOct(shape) : freshPair(shape)
  const jwk = members.crv === 'secp256k1' ? { ...members, crv: 'P-256K' } : members
  return { shape, jwk, publicKeySha256, secrets: secretsOf(jwk) }
}

/** The same members under another name for them: what a search must not find of a key that was put together by hand. */
export function secretsOf(jwk: Record<string, string>): ClearKey['secrets'] {
  const members = PRIVATE.flatMap((name) => {
    const text = jwk[name]
    return text ? [{ what: name, bytes: Buffer.from(text, 'base64url') }] : []
  })
  return [...members, { what: 'the JSON', bytes: Buffer.from(JSON.stringify(jwk)) }]
}

interface Fresh {
  members: Record<string, string>
  publicKeySha256: string | null
}

function freshOct({ sizeOrCurve }: ClearShape): Fresh {
  return {
    members: { kty: 'oct', k: randomBytes(Number(sizeOrCurve) / 8).toString('base64url') },
    publicKeySha256: null,
  }
}

function freshPair({ kty, sizeOrCurve }: ClearShape): Fresh {
  const pair = kty.startsWith('RSA')
    ? generateKeyPairSync('rsa', { modulusLength: Number(sizeOrCurve) })
    : generateKeyPairSync('ec', { namedCurve: NODE_CURVES[sizeOrCurve] ?? '' })
  const members = pair.privateKey.export({ format: 'jwk' }) as Record<string, string> // a private JWK has text members only
  return { members, publicKeySha256: sha256Hex(pair.publicKey.export({ type: 'spki', format: 'der' })) }
}

/** What the wizard would submit, every warning acknowledged that it would show now. Its bytes are its own. */
export async function clearSubmission(
  { ctx, actors }: TestConsole,
  connection: ConnectionRow,
  key: Pick<ClearKey, 'shape' | 'jwk' | 'publicKeySha256'>,
  { name, ...more }: { name: string } & Partial<SubmitPrivateJwkInput>,
): Promise<SubmitPrivateJwkInput> {
  const { shape } = key
  const target: ImportTarget = {
    name,
    ...shape,
    keyOps: [...shape.keyOps],
    notBefore: null,
    expiresAt: null,
    exportable: false,
    releasePolicy: null,
    tags: { purpose: 'test' },
  }
  const facts = await readFacts(ctx, connection, { kekKid: null, name })
  const report = runPreflight({
    way: 'jwk',
    key: {
      family: shape.kty.startsWith('RSA') ? 'RSA' : shape.kty === 'oct-HSM' ? 'oct' : 'EC',
      sizeOrCurve: shape.sizeOrCurve,
    },
    vault: { ...connection, tier: await knownTier(ctx.db, connection) },
    kekKid: null,
    target,
    nameState: facts.nameState,
    typedName: null,
    caller: { ...(await readCallerFacts(ctx, actors.custodian, connection.id)), vaultAnswers: vaultAnswers(facts) },
    now: ctx.clock(),
  })
  return {
    draftId: null,
    connectionId: connection.id,
    fileName: 'key.pem',
    jwk: new TextEncoder().encode(JSON.stringify(key.jwk)),
    target,
    typedName: null,
    acknowledgedWarnings: warningsOf(report),
    acknowledgedServerSeesKey: true,
    expectedPublicKeySha256: key.publicKeySha256,
    ...more,
  }
}
