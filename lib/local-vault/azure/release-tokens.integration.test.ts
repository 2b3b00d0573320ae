import { generateKeyPairSync } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { CompactSign, UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { attest, policyText } from '../testing/attest'
import { foreignSigner, startForeignIssuer } from '../testing/foreign-issuer'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

// An attestation token is really verified, and asking its issuer can't be turned against the machine.

const environmentKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
const signer = foreignSigner()
const other = foreignSigner()

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault()
})
afterAll(() => vault.stop())

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((issuer) => issuer.close()))
})

type Answers = Parameters<typeof startForeignIssuer>[1]

async function startIssuer(answers?: Answers) {
  const issuer = await startForeignIssuer(signer, answers)
  open.push(issuer)
  return issuer
}

let made = 0
/** A key that is released to whoever the authority vouches for. */
async function keyFor(authority: string): Promise<string> {
  made += 1
  const text = policyText(authority, { 'x-ms-attestation-type': 'sgx' })
  const release_policy = { data: Buffer.from(text).toString('base64url') }
  await vault.raw('POST', `/keys/k${made}/create`, { kty: 'EC-HSM', attributes: { exportable: true }, release_policy })
  return `/keys/k${made}`
}

async function release(path: string, target: string) {
  const { status, body } = await vault.raw('POST', `${path}/release`, { target })
  return { status, code: body.error?.code, inner: body.error?.innererror?.code, message: body.error?.message }
}

const unverified = {
  status: 403,
  code: 'Forbidden',
  inner: 'AccessDenied',
  message: 'Target environment attestation statement cannot be verified.',
}
const json = (value: unknown) => (_request: unknown, response: ServerResponse) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
}

describe('another issuer on this machine', () => {
  it('is taken, with and without a slash at the end of the authority', async () => {
    const issuer = await startIssuer()
    const token = await issuer.token(environmentKey)
    expect((await release(await keyFor(issuer.url), token)).status).toBe(200)
    expect((await release(await keyFor(`${issuer.url}/`), token)).status).toBe(200)
    expect(issuer.asked).toEqual(Array(2).fill(['/.well-known/openid-configuration', '/certs']).flat())
  })

  it('is taken with its keys in certificates alone, as the real service publishes them', async () => {
    const { kid, kty, x5c } = signer.jwk
    const issuer = await startIssuer({ certs: json({ keys: [{ kid: 'another' }, { kid, kty, x5c }] }) })
    expect((await release(await keyFor(issuer.url), await issuer.token(environmentKey))).status).toBe(200)
  })

  it('is not even asked when the policy does not name it', async () => {
    const issuer = await startIssuer()
    const reply = await release(await keyFor('http://127.0.0.1:9'), await issuer.token(environmentKey))
    expect(reply).toMatchObject({ status: 403, message: expect.stringMatching(/does not meet/) })
    expect(issuer.asked).toEqual([])
  })
})

describe('a token is not believed', () => {
  const now = Math.floor(Date.now() / 1000)
  it.each([
    ['that has expired', { exp: now - 60 }],
    ['that is not valid yet', { nbf: now + 600 }],
    ['that never expires', { exp: null }],
    ['whose times are texts', { exp: '2030-01-01' }],
  ])('%s', async (_, claims) => {
    const issuer = await startIssuer()
    expect(await release(await keyFor(issuer.url), await issuer.token(environmentKey, claims))).toEqual(unverified)
  })

  it('after its eight hours, by the vault’s clock', async () => {
    const key = environmentKey
    const token = await attest(vault.description, { key, layout: 'sgx' })
    const path = await keyFor(vault.description.attestation.url)
    vault.clock.advance(8 * 3600 - 60)
    expect((await release(path, token)).status).toBe(200)
    vault.clock.advance(120)
    expect(await release(path, token)).toEqual(unverified)
    vault.clock.advance(-8 * 3600 - 60)
  })

  it.each([
    ['changed after it was signed', (parts: string[]) => [parts[0], changed(parts[1] ?? ''), parts[2]]],
    ['with another signature', (parts: string[]) => [parts[0], parts[1], 'A'.repeat(342)]],
    ['with none', (parts: string[]) => [parts[0], parts[1], '']],
  ])('%s', async (_, change) => {
    const issuer = await startIssuer()
    const token = change((await issuer.token(environmentKey)).split('.')).join('.')
    expect(await release(await keyFor(issuer.url), token)).toEqual(unverified)
  })

  it('of the algorithm none, or signed with the public key as if it were a secret', async () => {
    const issuer = await startIssuer()
    const claims = { iss: issuer.url, exp: now + 600, 'x-ms-attestation-type': 'sgx' }
    const path = await keyFor(issuer.url)
    expect(await release(path, new UnsecuredJWT(claims).encode())).toEqual(unverified)
    const payload = Buffer.from(JSON.stringify(claims))
    const hs256 = await new CompactSign(payload)
      .setProtectedHeader({ alg: 'HS256', kid: signer.kid })
      .sign(Buffer.from(signer.jwk.x5c?.[0] ?? '', 'base64'))
    expect(await release(path, hs256)).toEqual(unverified)
  })

  it('whose own header says where its key lies', async () => {
    const issuer = await startIssuer()
    const attacker = await startIssuer({ certs: json({ keys: [other.jwk] }) })
    const claims = { iss: issuer.url, exp: now + 600, 'x-ms-attestation-type': 'sgx' }
    const { x5c = [], ...jwk } = other.jwk
    const header = { alg: 'RS256', kid: signer.kid, jku: `${attacker.url}/certs`, jwk, x5c }
    const forged = await new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader(header)
      .sign(other.privateKey)
    expect(await release(await keyFor(issuer.url), forged)).toEqual(unverified)
    expect(attacker.asked).toEqual([])
  })

  it.each([
    ['the key is not among the issuer’s', { keys: [{ ...other.jwk }] }],
    ['its key has no certificate', { keys: [{ ...signer.jwk, x5c: undefined }] }],
    ['its certificate is none', { keys: [{ ...signer.jwk, x5c: ['AAAA'] }] }],
    ['its certificate is another’s', { keys: [{ ...signer.jwk, x5c: other.jwk.x5c }] }],
    ['its key has no kid', { keys: [{ ...signer.jwk, kid: undefined }] }],
  ])('where %s', async (_, keys) => {
    const issuer = await startIssuer({ certs: json(keys) })
    expect(await release(await keyFor(issuer.url), await issuer.token(environmentKey))).toEqual(unverified)
  })
})

describe('an issuer that can’t be asked is told of by its address', () => {
  const cannotBeReached = (authority: string) => ({
    status: 400,
    code: 'BadParameter',
    inner: undefined,
    message: `AKV.SKR.1012: The specified attestation service ${authority} cannot be reached.`,
  })

  it.each<[string, Answers]>([
    ['answers 500', { metadata: (_request, response) => response.writeHead(500).end() }],
    ['is no JSON', { metadata: (_request, response) => response.end('<html>') }],
    ['says another issuer', { metadata: json({ issuer: 'https://a.example', jwks_uri: 'https://a.example/certs' }) }],
    ['has no keys', { certs: json({}) }],
    ['cuts the connection', { metadata: (_request, response) => response.destroy() }],
    [
      'sends a megabyte',
      { metadata: (_request, response) => response.end(JSON.stringify({ x: 'x'.repeat(1_000_000) })) },
    ],
    ['sends without end', { certs: (_request, response) => sendWithoutEnd(response) }],
    ['never answers', { metadata: () => undefined }],
  ])('one that %s', async (_, answers) => {
    const issuer = await startIssuer(answers)
    const began = performance.now()
    expect(await release(await keyFor(issuer.url), await issuer.token(environmentKey))).toEqual(
      cannotBeReached(issuer.url),
    )
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  it('one that sends the vault on, by a redirect or to another port, and nobody is called there', async () => {
    const inside = await startIssuer()
    const redirecting = await startIssuer({
      metadata: (_request, response) =>
        response.writeHead(302, { location: `${inside.url}/.well-known/openid-configuration` }).end(),
    })
    const pointing = await startForeignIssuer(signer, {
      metadata: (_request, response) =>
        response.end(JSON.stringify({ issuer: pointing.url, jwks_uri: `${inside.url}/certs` })),
    })
    open.push(pointing)
    for (const issuer of [redirecting, pointing])
      expect(await release(await keyFor(issuer.url), await issuer.token(environmentKey))).toEqual(
        cannotBeReached(issuer.url),
      )
    expect(inside.asked).toEqual([])
  })

  it.each([
    'https://169.254.169.254/metadata',
    'http://127.0.0.1.example.com',
    'http://[::ffff:169.254.169.254]',
    'http://0.0.0.0:80',
    'file:///etc/passwd',
    'ftp://127.0.0.1',
    'my.attestation.com',
  ])('%s is not this machine’s loopback and is not called', async (authority) => {
    const issuer = await startIssuer()
    const token = await issuer.token(environmentKey, { iss: authority })
    expect(await release(await keyFor(authority), token)).toEqual(cannotBeReached(authority))
  })

  it('another address of this machine is not called, though it would answer', async () => {
    const issuer = await startForeignIssuer(signer, {}, '127.0.0.2')
    open.push(issuer)
    expect(await release(await keyFor(issuer.url), await issuer.token(environmentKey))).toEqual(
      cannotBeReached(issuer.url),
    )
    expect(issuer.asked).toEqual([])
  })

  it.each(['user:word@', ''])(
    'nor is an address with a name and a word, a query or a fragment (%s)',
    async (userinfo) => {
      const issuer = await startIssuer()
      const authority = `${issuer.url.replace('://', `://${userinfo}`)}${userinfo ? '' : '/?a=b'}`
      const token = await issuer.token(environmentKey, { iss: authority })
      expect(await release(await keyFor(authority), token)).toEqual(cannotBeReached(authority))
      expect(issuer.asked).toEqual([])
    },
  )
})

describe('while the issuer takes its time', () => {
  it.each([
    ['disabled', { attributes: { enabled: false } }, 'KeyDisabled'],
    [
      'under another policy',
      { release_policy: { data: Buffer.from(policyText('https://a.example', { a: 1 })).toString('base64url') } },
      'AccessDenied',
    ],
  ])('a key that is %s by then is not released', async (_, change, inner) => {
    let path = ''
    const issuer = await startForeignIssuer(signer, {
      metadata: (_request, response) => {
        void vault
          .raw('PATCH', path, change)
          .then(() => response.end(JSON.stringify({ issuer: issuer.url, jwks_uri: `${issuer.url}/certs` })))
      },
    })
    open.push(issuer)
    path = await keyFor(issuer.url)
    expect(await release(path, await issuer.token(environmentKey))).toMatchObject({ status: 403, inner })
  })
})

function changed(payload: string): string {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return Buffer.from(JSON.stringify({ ...claims, 'x-ms-sgx-svn': 99 })).toString('base64url')
}

function sendWithoutEnd(response: ServerResponse): void {
  const send = () => {
    if (!response.destroyed) response.write('x'.repeat(16 * 1024), send)
  }
  send()
}
