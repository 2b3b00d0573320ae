import type { KeyType } from '../../store/records'
import { addVersion, draftVersion } from '../add-version'
import { generateKey, shapeLike } from '../cryptography/generate-key'
import type { KeyMaterial } from '../cryptography/key-material'
import { readClearKey, readTransferredKey } from '../cryptography/read-imported-key'
import { unwrapTransferBlob } from '../cryptography/unwrap-transfer-blob'
import { badKey, badParameter } from '../fault'
import { acceptsType, keyTypes } from '../key-types'
import { type ImportedJwk, importBody, parseBody } from '../request-body'
import type { VaultCall, VaultReply } from '../vault-call'

export async function importKey(call: VaultCall): Promise<VaultReply> {
  const body = parseBody(importBody, call.body)
  const kty = storedType(body.key.kty, body.hsm ?? false)
  if (!acceptsType(call.vault.settings, 'import', kty))
    throw badParameter(`The key type ${kty} can't be imported here.`)
  const draft = draftVersion(call, kty, body.key.key_ops, body)
  const material = readMaterial(call, kty, body.key)
  return addVersion(call, draft, call.substitute ? await anotherLike(material) : material)
}

/** `Hsm: true` places a clear key into the HSM; official clients send it false with HSM types, which stay HSM types. */
function storedType(kty: KeyType, hsm: boolean): KeyType {
  if (!hsm || keyTypes[kty].hsm) return kty
  // Every software type has its HSM twin in the table.
  return `${kty}-HSM` as KeyType
}

function readMaterial(call: VaultCall, kty: KeyType, key: ImportedJwk): KeyMaterial {
  const { family } = keyTypes[kty]
  const material = key.key_hsm ? readTransferred(call, kty, key.key_hsm) : readClearKey(family, key)
  if (material.publicPart.family === 'EC' && material.publicPart.curve !== key.crv) throw badKey()
  return material
}

function readTransferred(call: VaultCall, kty: KeyType, blob: Buffer): KeyMaterial {
  const plaintext = unwrapTransferBlob(call.vault, blob)
  try {
    return readTransferredKey(keyTypes[kty].family, plaintext)
  } finally {
    plaintext.fill(0)
  }
}

function anotherLike(material: KeyMaterial): Promise<KeyMaterial> {
  material.secret.fill(0)
  return generateKey(shapeLike(material.publicPart))
}
