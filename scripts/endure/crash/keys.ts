import { createCipheriv, createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import {
  asPkcs8Der,
  asRawSecretKey,
  asSpkiDer,
  copyBytes,
  encodeSpki,
  type JwkLike,
  publicKeyFromJwk,
  sealTransferBlob,
} from '@/lib/crypto'
import type { SubmitImportInput } from '@/lib/domain/imports/views'
import { PREFLIGHT_CHECKS } from '@/lib/domain/preflight/report'
import type { Ground } from './ground'

export type Family = 'ec' | 'oct'

/** A sealed key on its way, and what its ceremony record says. */
export interface Sealed {
  vault: string
  keyName: string
  input: SubmitImportInput
  /** SPKI SHA-256, or the key check value. */
  recorded: string
}

export interface Gate {
  /** The connection's id and name. */
  connectionId: string
  vault: string
  kekKid: string
  kekSpki: Uint8Array<ArrayBuffer>
}

/** The example estate's own KEKs: the vault takes elliptic keys, the HSM symmetric ones. */
export async function findGates({ sql }: Pick<Ground, 'sql'>): Promise<Record<Family, Gate>> {
  const rows = await sql<{ id: string; name: string; kind: string; kid: string; jwk: JwkLike }>(
    `SELECT DISTINCT ON (c.id) c.id, c.name, c.kind, k.kid, k.public_jwk AS jwk
       FROM kek k JOIN connection c ON c.id = k.connection_id WHERE k.status = 'active' ORDER BY c.id, k.created_at`,
  )
  const gateOf = (kind: string): Gate => {
    const row = rows.find((each) => each.kind === kind)
    if (!row) throw new Error(`the example estate has no KEK in its ${kind}`)
    const { id: connectionId, name: vault, kid: kekKid, jwk } = row
    return { connectionId, vault, kekKid, kekSpki: copyBytes(encodeSpki(publicKeyFromJwk(jwk))) }
  }
  return { ec: gateOf('azure_key_vault'), oct: gateOf('azure_managed_hsm') }
}

/** A fresh key under a name of its own, which begins as the vault is to misbehave. */
export async function sealKey(gates: Record<Family, Gate>, family: Family, prefix: string): Promise<Sealed> {
  const gate = gates[family]
  const keyName = `${prefix}-${randomUUID().slice(0, 8)}`
  const { plaintext, recorded } = family === 'ec' ? ellipticKey() : symmetricKey()
  const file = await sealTransferBlob({
    kekSpki: asSpkiDer(gate.kekSpki),
    kekKid: gate.kekKid,
    plaintext,
    generator: 'Drawbridge crash suite',
  })
  const input: SubmitImportInput = {
    draftId: null,
    connectionId: gate.connectionId,
    kekKid: gate.kekKid,
    fileName: `${keyName}.byok`,
    origin: 'transfer_blob',
    file,
    acceptedNormalisedSha256: null,
    target: {
      name: keyName,
      kty: family === 'ec' ? 'EC-HSM' : 'oct-HSM',
      sizeOrCurve: family === 'ec' ? 'P-256' : '256',
      keyOps: family === 'ec' ? ['sign', 'verify'] : ['wrapKey', 'unwrapKey'],
      notBefore: null,
      expiresAt: null,
      exportable: false,
      releasePolicy: null,
      tags: {},
    },
    typedName: null,
    acknowledgedWarnings: Object.keys(PREFLIGHT_CHECKS),
    expectedPublicKeySha256: family === 'ec' ? recorded : null,
  }
  return { vault: gate.vault, keyName, input, recorded }
}

function ellipticKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return {
    plaintext: asPkcs8Der(copyBytes(privateKey.export({ type: 'pkcs8', format: 'der' }))),
    recorded: createHash('sha256').update(spki).digest('hex'),
  }
}

function symmetricKey() {
  const raw = randomBytes(32)
  const cipher = createCipheriv('aes-256-ecb', raw, null)
  const recorded = cipher.update(Buffer.alloc(16)).subarray(0, 3).toString('hex').toUpperCase()
  return { plaintext: asRawSecretKey(copyBytes(raw)), recorded }
}
