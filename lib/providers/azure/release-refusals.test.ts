import { afterEach, expect, it } from 'vitest'
import { ProviderError } from '../port'
import { type ScriptedVault, scriptedVault, send } from '../testing/scripted-vault'
import { createAzureProvider } from './create-azure-provider'

let vault: ScriptedVault | undefined
afterEach(() => vault?.close())

const credential = { getToken: async () => ({ token: 'token-of-the-test', expiresOnTimestamp: Date.now() + 600_000 }) }
const UNREACHABLE = 'The specified attestation service https://a.example cannot be reached'
const NOT_MET = 'Target environment attestation does not meet key release policy requirements.'

it.each([
  [400, 'BadParameter', `AKV.SKR.1012: ${UNREACHABLE}.`, 'authority-unreachable', '1012'],
  [400, 'BadParameter', `${UNREACHABLE} (Activity ID: x)`, 'authority-unreachable', undefined],
  [400, 'BadParameter', 'AKV.SKR.1020: Immutable Key Release Policy cannot be modified.', 'bad-request', '1020'],
  [400, 'BadParameter', 'AKV.SKR.9999: Something new.', 'bad-request', '9999'],
  [403, 'Forbidden', NOT_MET, 'policy-not-met', undefined],
  [403, 'Forbidden', 'Caller is not authorized to perform action on resource.', 'not-permitted', undefined],
])('%i %s “%s” is %s', async (status, code, message, expected, skrNumber) => {
  vault = await scriptedVault((_, response) => send(response, status, { error: { code, message } }))
  const provider = createAzureProvider({ url: vault.url, credential })
  const error: unknown = await provider
    .releaseKey({
      ...{ name: 'payments', version: '0123456789abcdef0123456789abcdef', target: 'a.b.c', nonce: null },
      algorithm: 'CKM_RSA_AES_KEY_WRAP',
      callId: '7a1f6f3e-0000-4000-8000-000000000001',
    })
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProviderError)
  expect(error).toMatchObject({ code: expected, certainty: 'refused', facts: { status } })
  expect(error instanceof ProviderError ? error.facts.skrNumber : null).toBe(skrNumber)
})
