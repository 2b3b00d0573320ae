import type { LocalVaultDescription } from '../server'
import { fetchToken } from './raw-client'

/** Members that tests of cryptography look at; which of them a reply has depends on the operation. */
type BareBody = {
  kid?: string
  key?: { kid: string; kty: string; key_ops: string[]; crv?: string; n?: string; e?: string; x?: string; y?: string }
  value?: string | boolean
  iv?: string
  tag?: string
  aad?: string
  attributes?: { attestation?: Record<string, string> }
  error?: { code: string; message: string; innererror?: { code: string } }
}

export type BareReply = { status: number; body: BareBody; text: string }
export type BareClient = (method: string, path: string, body?: object) => Promise<BareReply>

const resources = { 'azure-key-vault': 'https://vault.azure.net', 'azure-managed-hsm': 'https://managedhsm.azure.net' }

/** Plain HTTP to the description's n-th vault with one token for all calls; the newest api-version unless the path names one. */
export async function bareClient(description: LocalVaultDescription, index: number): Promise<BareClient> {
  const vault = description.vaults[index]
  if (!vault) throw new Error(`The description names no vault ${index}.`)
  const token = await fetchToken(description, `${resources[vault.kind]}/.default`)
  return async (method, path, body) => {
    const url = `${vault.url}${path}${path.includes('api-version=') ? '' : '?api-version=2025-07-01'}`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(url, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
    const text = await response.text()
    // A view of the reply for assertions, see BareBody.
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as BareBody, text }
  }
}
