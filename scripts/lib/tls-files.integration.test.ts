import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate } from '@/lib/testing/tls/make-certificate'
import { readSettings } from './settings.mjs'
import { tlsProblems } from './tls-files.mjs'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-tls-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function problemsOf(env: Record<string, string>): string[] {
  const read = readSettings(env)
  return read.ok ? [] : read.problems.map(({ name, should }) => `${name}: ${should}`)
}
const withTls = ({ cert, key }: { cert: string; key: string }, more = {}) =>
  problemsOf({ DRAWBRIDGE_URL: 'https://localhost:3000', DRAWBRIDGE_TLS_CERT: cert, DRAWBRIDGE_TLS_KEY: key, ...more })

describe('a certificate and its key', () => {
  it('that belong together are taken, and make the public origin https', () => {
    const files = makeCertificate(folder, 'good')
    expect(withTls(files)).toEqual([])
    const read = readSettings({ DRAWBRIDGE_TLS_CERT: files.cert, DRAWBRIDGE_TLS_KEY: files.key })
    expect(read.ok && read.value.publicUrl).toBe('https://127.0.0.1:3000')
  })

  it('are refused by name with what is wrong', () => {
    const [good, other] = [makeCertificate(folder, 'one'), makeCertificate(folder, 'two')]
    const nowhere = path.join(folder, 'nowhere')
    const nonsense = path.join(folder, 'nonsense')
    writeFileSync(nonsense, 'nonsense', { mode: 0o600 })
    expect(withTls({ ...good, key: other.key })).toEqual([
      expect.stringMatching(/^DRAWBRIDGE_TLS_KEY: the key of the cert/),
    ])
    expect(withTls({ ...good, cert: nowhere })).toEqual([
      expect.stringMatching(/^DRAWBRIDGE_TLS_CERT: the path of a file/),
    ])
    expect(withTls({ ...good, key: nowhere })).toEqual([
      expect.stringMatching(/^DRAWBRIDGE_TLS_KEY: the path of a file/),
    ])
    expect(withTls({ ...good, cert: nonsense })).toEqual([expect.stringMatching(/^DRAWBRIDGE_TLS_CERT: a PEM cert/)])
    expect(withTls({ ...good, key: nonsense })).toEqual([
      expect.stringMatching(/^DRAWBRIDGE_TLS_KEY: a PEM private key/),
    ])
    expect(withTls(good, { DRAWBRIDGE_URL: 'https://drawbridge.example.com' })).toEqual([
      expect.stringMatching(/^DRAWBRIDGE_TLS_CERT: a certificate for drawbridge\.example\.com/),
    ])
    expect(withTls(good, { DRAWBRIDGE_URL: 'http://localhost:3000' })).toEqual([
      expect.stringMatching(/^DRAWBRIDGE_URL: an https/),
    ])
    expect(problemsOf({ DRAWBRIDGE_TLS_CERT: good.cert })).toEqual([expect.stringMatching(/^DRAWBRIDGE_TLS_KEY: /)])
  })

  it('are refused when others on the machine could read the key, or the certificate’s days are over', () => {
    const files = makeCertificate(folder, 'open')
    chmodSync(files.key, 0o644)
    expect(withTls(files)).toEqual([expect.stringContaining('chmod 600')])
    const short = makeCertificate(folder, 'short')
    const day = 86_400_000
    const at = (days: number) => tlsProblems(short, 'localhost', Date.now() + days * day)
    expect(at(3)).toMatchObject([{ name: 'DRAWBRIDGE_TLS_CERT', should: expect.stringContaining('has not expired') }])
    expect(at(-1)).toMatchObject([{ name: 'DRAWBRIDGE_TLS_CERT', should: expect.stringContaining('valid already') }])
  })
})

describe('a console that is open to a network', () => {
  const open = { HOST: '0.0.0.0' }

  it('does not start over http', () => {
    expect(problemsOf(open)).toEqual([expect.stringMatching(/^HOST: a loopback address .* DRAWBRIDGE_TLS_CERT/)])
    expect(problemsOf({ HOST: '192.0.2.1', DRAWBRIDGE_URL: 'http://localhost:3000' })).toEqual([
      expect.stringMatching(/^HOST: /),
    ])
  })

  it('starts behind a reverse proxy that speaks https, or with its own certificate', () => {
    expect(problemsOf({ ...open, DRAWBRIDGE_URL: 'https://drawbridge.example.com' })).toEqual([])
    const files = makeCertificate(folder, 'own', { host: 'drawbridge.example.com' })
    const tls = { DRAWBRIDGE_TLS_CERT: files.cert, DRAWBRIDGE_TLS_KEY: files.key }
    expect(problemsOf({ ...open, ...tls, DRAWBRIDGE_URL: 'https://drawbridge.example.com' })).toEqual([])
    expect(problemsOf({ ...open, ...tls })).toEqual([expect.stringMatching(/^DRAWBRIDGE_URL: /)])
  })
})
