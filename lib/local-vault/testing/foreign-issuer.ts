import type { JsonWebKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueAttestation } from '../attestation/issue-attestation'
import { type TokenSigner, tokenSigner } from '../attestation/token-signer'
import { readOrCreateAuthority } from '../certificates/signing-authority'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Its signing key, made once: an RSA key takes a moment. */
export function foreignSigner(): TokenSigner {
  const folder = mkdtempSync(join(tmpdir(), 'foreign-issuer-'))
  try {
    return tokenSigner(readOrCreateAuthority(join(folder, 'a.json'), { root: 'Foreign root', leaf: 'Foreign' }, 'RSA'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** An issuer on loopback that answers as a test tells it; without `answers`, as it should. */
export async function startForeignIssuer(
  signer: TokenSigner,
  answers: { metadata?: Answer; certs?: Answer } = {},
  host = '127.0.0.1',
) {
  const asked: string[] = []
  const json =
    (value: unknown): Answer =>
    (_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    }
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const metadata = answers.metadata ?? json({ issuer: url, jwks_uri: `${url}/certs` })
    const certs = answers.certs ?? json({ keys: [signer.jwk] })
    const answer = request.url === '/.well-known/openid-configuration' ? metadata : certs
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  const url = `http://${host}:${typeof address === 'object' ? address?.port : ''}`
  return {
    url,
    asked,
    token: ({ kty = '', ...key }: JsonWebKey, claims: Record<string, unknown> = {}) =>
      issueAttestation({ url, signer: () => signer, now: Date.now }, { layout: 'sgx', claims, key: { kty, ...key } }),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
