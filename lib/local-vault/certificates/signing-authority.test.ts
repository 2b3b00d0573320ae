import { execFileSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { issueCertificate, toPem } from './issue-certificate'
import { readOrCreateAuthority } from './signing-authority'

const folder = mkdtempSync(join(tmpdir(), 'authority-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const names = { root: 'Local root', leaf: 'Local signer' }

describe.each(['EC', 'RSA'] as const)('an authority with %s keys', (kind) => {
  const path = join(folder, `${kind}.json`)
  const authority = readOrCreateAuthority(path, names, kind)
  const [leaf, root] = authority.chain.map((pem) => new X509Certificate(pem))

  it('has a chain that OpenSSL verifies, strictly', () => {
    const files = authority.chain.map((pem, at) => {
      const file = join(folder, `${kind}-${at}.pem`)
      writeFileSync(file, pem)
      return file
    })
    const [leafFile = '', rootFile = ''] = files
    const words = execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', rootFile, leafFile]).toString()
    expect(words.trim()).toBe(`${leafFile}: OK`)
    expect([leaf?.subject, root?.subject, leaf?.ca, root?.ca]).toEqual([
      'CN=Local signer',
      'CN=Local root',
      false,
      true,
    ])
  })

  it('holds the key of its first certificate, and is the same at the next start', () => {
    expect(leaf?.publicKey.equals(createPublicKey(authority.privateKey))).toBe(true)
    expect(readOrCreateAuthority(path, names, kind).chain).toEqual(authority.chain)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('says what to do about a damaged file', () => {
    const damaged = join(folder, `damaged-${kind}.json`)
    writeFileSync(damaged, '{')
    expect(() => readOrCreateAuthority(damaged, names, kind)).toThrow(/remove it to get a new one/)
  })
})

describe('a certificate for a TLS server', () => {
  it('names its hosts and addresses, and may end after 2050', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const certificate = issueCertificate({
      name: 'localhost',
      publicKey,
      issuer: { name: 'localhost', privateKey },
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2051-02-03T04:05:06Z'),
      isAuthority: false,
      hosts: ['localhost', '127.0.0.1'],
    })
    const read = new X509Certificate(toPem(certificate))
    expect(read.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1')
    expect([read.validFrom, read.validTo]).toEqual(['Jan  1 00:00:00 2026 GMT', 'Feb  3 04:05:06 2051 GMT'])
    expect(read.verify(publicKey)).toBe(true)
  })
})
