import { randomUUID } from 'node:crypto'
import { jwkToSpki, sealTransferBlob } from '@/lib/crypto'
import { LATEST_VAULT_TIME } from '@/lib/domain/keys/vault-time'
import { type ProviderError, ProviderError as ProviderErrorClass, type VaultKey, type VaultProvider } from '../port'
import { freshPlaintext, type PlaintextType } from '../testing/fresh-plaintext'

/** A provider that the suite runs against, and what stands behind it. */
export interface ContractSubject {
  provider: VaultProvider
  /** Symmetric keys by transfer blob. */
  takesOctBlobs: boolean
  /** Keys protected by software. */
  takesSoftwareKeys: boolean
  /** Where an attestation authority stands that signs what it is asked to; null: releases can't be tried. */
  authority: AttestingAuthority | null
  close: () => Promise<void>
}

export interface AttestingAuthority {
  url: string
  attest: (claims: Record<string, unknown>) => Promise<string>
}

/** What every case has at hand. */
export interface ContractWorld {
  subject: ContractSubject
  kek: VaultKey
  /** A name of a key that is deleted when all is over. */
  fresh: (what: string) => string
  close: () => Promise<void>
}

export async function openWorld(start: () => Promise<ContractSubject>): Promise<ContractWorld> {
  const subject = await start()
  const made: string[] = []
  const fresh = (what: string) => {
    const keyName = `contract-${what}-${randomUUID().slice(0, 8)}`
    made.push(keyName)
    return keyName
  }
  const wish = { name: fresh('kek'), bits: 2048, expiresAt: null, tags: { contract: 'yes' } } as const
  const { value: kek } = await subject.provider.createKek(wish)
  const close = async () => {
    for (const keyName of made) await subject.provider.deleteKey(keyName).catch(expectMissing)
    await subject.close()
  }
  return { subject, kek, fresh, close }
}

/** A key of this type by transfer blob, disabled. */
export async function importBlob(
  { subject, kek, fresh }: ContractWorld,
  type: PlaintextType,
  keyName = fresh(type.label),
) {
  const plaintext = await freshPlaintext(type)
  if (!kek.publicJwk) throw new Error('a KEK has a public key')
  const blob = await sealTransferBlob({
    kekSpki: jwkToSpki(kek.publicJwk),
    kekKid: kek.kid,
    plaintext: plaintext.bytes,
    generator: 'contract suite',
  })
  const answer = await subject.provider.importTransferBlob({
    name: keyName,
    kty: type.kty,
    ...(type.curve ? { curve: type.curve } : {}),
    blob,
    keyOps: [...type.keyOps],
    enabled: false,
    notBefore: null,
    expiresAt: LATEST_VAULT_TIME,
    exportable: false,
    releasePolicy: null,
    tags: { drawbridge: 'contract' },
  })
  return { answer, plaintext, keyName }
}

export async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderErrorClass)) throw new Error(`expected a ProviderError, got ${String(error)}`)
  return error
}

function expectMissing(error: unknown): void {
  if (!(error instanceof ProviderErrorClass && error.certainty === 'refused')) throw error
}
