import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { asClient } from '../testing/as-client'
import { attest, policyText } from '../testing/attest'
import { findPythonClient } from '../testing/find-python-client'
import { openReleased, verifyReleased } from '../testing/open-released'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

const search = findPythonClient()
if (!search.found) {
  if (process.env.CI === 'true') throw new Error(`The Python client is needed: ${search.reason}`)
  console.warn(`SKIPPED: the local vault through Debian's Python client: ${search.reason}`)
}

const journey = fileURLToPath(new URL('../testing/python-journey.py', import.meta.url))
const resultSchema = z.object({
  steps: z.array(z.string()),
  released: z.object({ value: z.string(), n: z.string() }),
})

/** Secrets go in by stdin. What went wrong in Python is the error here. */
function runPython(python: string, input: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [journey], { stdio: ['pipe', 'pipe', 'pipe'] })
    let out = ''
    let words = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      words += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(words))))
    child.stdin.end(JSON.stringify(input))
  })
}

describe.skipIf(!search.found)("the local vault over TLS, through Debian's unmodified Python client", () => {
  let vault: TestVault
  beforeAll(async () => {
    vault = await startTestVault({ tls: true })
  })
  afterAll(() => vault.stop())

  it('takes a key on the whole journey', { timeout: 180_000 }, async () => {
    const { description } = vault
    const [keyVault, hsm] = description.vaults
    if (!search.found || !keyVault || !hsm) throw new Error('nothing to run')
    const environment = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const output = await runPython(search.python, {
      vault: `https://local-vault.localhost:${new URL(keyVault.url).port}`,
      hsm: `https://local-hsm.localhost:${new URL(hsm.url).port}`,
      address: keyVault.url,
      token: description.token.url,
      clientId: description.token.clientId,
      clientSecret: description.token.clientSecret,
      auditor: asClient(description, 'auditor').token,
      ca: description.ca,
      policy: policyText(description.attestation.url, {
        'x-ms-isolation-tee.x-ms-compliance-status': 'azure-compliant-cvm',
      }),
      attestation: await attest(description, { key: environment.publicKey.export({ format: 'jwk' }) }),
    })
    const { steps, released } = resultSchema.parse(JSON.parse(output))
    expect(steps).toEqual([
      'create, get, update',
      'import a clear key',
      'import a transfer blob',
      'list in pages, list versions',
      'sign and verify',
      'encrypt and decrypt',
      'wrap and unwrap',
      'follow kids',
      'delete and recover',
      'delete and purge',
      'backup and restore',
      'rotate by and without a policy',
      'release',
      'a Managed HSM',
      'be refused',
    ])
    const { payload } = await verifyReleased(released.value, keyVault.url)
    expect(payload.request).toMatchObject({ 'api-version': '7.4-preview.1', nonce: 'ADE0101' })
    const { plaintext } = openReleased(payload.response.key.key.key_hsm, environment.privateKey, 'sha1')
    expect(plaintext.toString('hex')).toContain(released.n)
  })
})
