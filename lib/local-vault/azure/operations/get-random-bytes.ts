import { randomBytes } from 'node:crypto'
import { noSuchResource } from '../fault'
import { parseBody, randomBody } from '../request-body'
import type { VaultCall, VaultReply } from '../vault-call'

/** `POST /rng`, of a Managed HSM only. */
export function getRandomBytes({ vault, body }: VaultCall): VaultReply {
  if (vault.kind !== 'azure-managed-hsm') throw noSuchResource()
  const { count } = parseBody(randomBody, body)
  return { status: 200, body: { value: randomBytes(count).toString('base64url') } }
}
