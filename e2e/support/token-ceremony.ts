import { createHash, createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { asSpkiDer, copyBytes, type SpkiDer } from '@/lib/crypto'
import { tokenAvailable } from '@/lib/testing/journey/token-available'
import { openToken, type Token } from '@/lib/testing/softhsm/token'
import type { TokenKey } from '@/lib/testing/softhsm/token-key'

type Pair = Exclude<TokenKey, { family: 'oct' }>

interface WorkerFixtures {
  /** SoftHSM2 opens one token a process; null where there is no SoftHSM2. */
  openedToken: Token | null
}

/** A test that asks for `token` runs with a real PKCS#11 token, or is skipped by name; under `CI=true` it fails. */
export const test = base.extend<{ token: Token }, WorkerFixtures>({
  openedToken: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      if (!(await tokenAvailable('the journeys of a key from a PKCS#11 token'))) return use(null)
      const folder = mkdtempSync(path.join(tmpdir(), 'token-'))
      const token = await openToken(folder)
      await use(token)
      token.close()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  token: async ({ openedToken }, use, testInfo) => {
    if (!openedToken) return testInfo.skip(true, `${testInfo.title}: SoftHSM2 is missing`)
    await use(openedToken)
  },
})

/** Called on each page of the way, so that a test can look at it. */
export type Look = (page: Page, what: string) => Promise<void>
export const justGoOn: Look = async () => undefined

/** A name that no other test and no other run uses. */
export function freshName(what: string): string {
  return `e2e-${what}-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`
}

/** The DER inside a PEM file, as OpenSSL's code reads it. */
export function spkiOfPem(pem: string): SpkiDer {
  return asSpkiDer(copyBytes(createPublicKey(pem).export({ type: 'spki', format: 'der' })))
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The public half as the token's own tools would export it. */
export function publicKeyPem({ spki }: Pair): string {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    .export({
      type: 'spki',
      format: 'pem',
    })
    .toString()
}

/** As somebody writes it on paper: `9f86 d081 884c …`. */
export function spacedSpkiSha256({ spki }: Pair): string {
  return sha256Hex(spki).replace(/.{4}/g, '$& ').trim()
}
