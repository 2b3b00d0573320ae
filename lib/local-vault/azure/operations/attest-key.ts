import { attestationOf } from '../cryptography/key-attestation'
import { noSuchResource } from '../fault'
import { findKey } from '../find-key'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle, kidOf } from '../wire'

/** `GET /keys/{name}/{version}/attestation`, of a Managed HSM only: the key with statements about it that the HSM signs. */
export function attestKey({ vault, name: asked, version, api }: VaultCall): VaultReply {
  if (vault.kind !== 'azure-managed-hsm' || !api.features.attestation) throw noSuchResource()
  const { name, record } = findKey(vault, asked, version)
  const { attributes, ...bundle } = keyBundle(vault, name, record)
  const attestation = attestationOf(vault.attestation, kidOf(vault, name, record.version), record, vault.now())
  return { status: 200, body: { ...bundle, attributes: Object.assign({}, attributes, { attestation }) } }
}
