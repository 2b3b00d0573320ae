import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LocalVaultDescription, startLocalVault } from './server'
import { bundleVault } from './testing/bundle-vault'
import { askAdmin, fetchToken } from './testing/raw-client'
import { auditFiles, readAuditRecords } from './testing/read-audit-records'
import { clientsOf, readAcknowledged } from './testing/start-test-vault'

let bundle: string
const children: ChildProcess[] = []
const folders: string[] = []

beforeAll(async () => {
  bundle = await bundleVault('durability')
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => kill(child, 'SIGKILL')))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
afterAll(() => rmSync(bundle, { force: true }))

function newFolder(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'local-vault-')), 'data')
  folders.push(folder)
  return folder
}

function spawnVault(dataFolder: string, more: string[] = []): ChildProcess {
  const child = spawn(process.execPath, [bundle, '--data', dataFolder, ...more], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

async function start(
  dataFolder: string,
  more: string[] = [],
): Promise<{ child: ChildProcess; description: LocalVaultDescription }> {
  const child = spawnVault(dataFolder, more)
  if (!child.stdout) throw new Error('stdout is piped')
  for await (const line of createInterface(child.stdout)) {
    // Printed by main.ts from this very type.
    return { child, description: JSON.parse(line) as LocalVaultDescription }
  }
  throw new Error('The local vault ended before it was ready.')
}

function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
  })
}

async function failToStart(dataFolder: string): Promise<{ code: number | null; stderr: string }> {
  const child = spawnVault(dataFolder)
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk)
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })))
}

const oneSentence = /^[^\n]+\n$/

/** Sends a call to the premium vault and waits until the vault has it in hand: it then asks for the body (RFC 9110, section 10.1.1). */
async function beginCall(description: LocalVaultDescription, method: string, path: string, body: object) {
  const token = await fetchToken(description, 'https://vault.azure.net/.default')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', expect: '100-continue' }
  const sent = request(`${description.vaults[0]?.url}${path}?api-version=7.6`, { method, headers })
  const ended = new Promise<number | undefined | 'cut'>((resolve) => {
    sent.once('response', (response) => resolve(response.resume().statusCode))
    sent.once('error', () => resolve('cut'))
  })
  sent.flushHeaders()
  await new Promise((resolve) => sent.once('continue', resolve))
  sent.end(JSON.stringify(body))
  return { ended }
}

describe('the process', () => {
  it('killed with -9 right after acknowledging, has every acknowledged key after a restart, on the same ports', async () => {
    const dataFolder = newFolder()
    const acknowledged: string[] = []
    let description: LocalVaultDescription | undefined
    for (let round = 0; round < 3; round += 1) {
      const running = await start(dataFolder)
      expect(description ?? running.description).toEqual(running.description)
      description = running.description
      const { raw } = clientsOf(running.description)
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
      const key = { ...privateKey.export({ format: 'jwk' }), kty: 'EC-HSM' }
      let dead = false
      const imports = Array.from({ length: 12 }, async (_unused, at) => {
        const reply = await raw('PUT', `/keys/key-${round}-${at}`, { key }).catch(() => undefined)
        if (reply?.status !== 200) return
        acknowledged.push(reply.body.key.kid)
        // The sixth answer pulls the plug under the others.
        if (acknowledged.length >= 6 * (round + 1) && !dead) {
          dead = true
          running.child.kill('SIGKILL')
        }
      })
      await Promise.all(imports)
      await kill(running.child, 'SIGKILL')
    }
    const { raw } = clientsOf((await start(dataFolder)).description)
    expect(acknowledged.length).toBeGreaterThanOrEqual(18)
    for (const kid of acknowledged) {
      const path = new URL(kid).pathname
      const digest = Buffer.alloc(32).toString('base64url')
      expect((await raw('POST', `${path}/sign`, { alg: 'ES256', value: digest })).status).toBe(200)
    }
    const logged = readAcknowledged(dataFolder).map(({ version }) => version)
    for (const kid of acknowledged) expect(logged).toContain(kid.split('/').at(-1))
    const audited = readAuditRecords(description ?? { auditLog: '' }).filter(
      ({ operationName }) => operationName === 'KeyImport',
    )
    const names = audited.map(({ properties }) => String(properties.id).split('/').at(-1))
    for (const kid of acknowledged) expect(names).toContain(new URL(kid).pathname.split('/')[2])
  })

  it('killed with -9, delivers the audit records that it held back', async () => {
    const dataFolder = newFolder()
    const first = await start(dataFolder, ['--audit-delay', '600'])
    const { raw } = clientsOf(first.description)
    const ids = Array.from({ length: 8 }, () => randomUUID())
    await Promise.all(
      ids.map((id) => raw('GET', '/keys/held', undefined, { headers: { 'x-ms-client-request-id': id } })),
    )
    await kill(first.child, 'SIGKILL')
    const { description } = await start(dataFolder)
    expect(readAuditRecords(description)).toEqual([])
    await askAdmin(description, '/clock', { advanceSeconds: 601 })
    const found = readAuditRecords(description).map(({ correlationId }) => correlationId)
    expect(found.toSorted()).toEqual(ids.toSorted())
  })

  it('drops the half line of a write that the kill cut short, and writes on behind the whole ones', async () => {
    const dataFolder = newFolder()
    const first = await start(dataFolder)
    await clientsOf(first.description).raw('GET', '/keys/whole')
    await kill(first.child, 'SIGKILL')
    const [file = ''] = auditFiles(first.description)
    appendFileSync(join(first.description.auditLog, file), '{"time":"2026-')
    const { description } = await start(dataFolder)
    await clientsOf(description).raw('GET', '/keys/whole')
    expect(readAuditRecords(description).map(({ operationName }) => operationName)).toEqual(['KeyGet', 'KeyGet'])
  })

  it('killed with -9, has its moved clock, what its policies made, what it restored and what it purged', async () => {
    const dataFolder = newFolder()
    const first = await start(dataFolder)
    const { raw } = clientsOf(first.description)
    for (const name of ['turning', 'leaving', 'returning']) await raw('POST', `/keys/${name}/create`, { kty: 'EC' })
    const trigger = { timeAfterCreate: 'P30D' }
    await raw('PUT', '/keys/turning/rotationpolicy', { lifetimeActions: [{ trigger, action: { type: 'Rotate' } }] })
    const { value } = (await raw('POST', '/keys/returning/backup')).body
    for (const name of ['leaving', 'returning']) await raw('DELETE', `/keys/${name}`)
    await raw('DELETE', '/deletedkeys/returning')
    const { at } = (await askAdmin(first.description, '/clock', { advanceSeconds: 100 * 86_400 })).body
    const restored = (await raw('POST', '/keys/restore', { value })).body.key.kid
    await kill(first.child, 'SIGKILL')

    const second = clientsOf((await start(dataFolder)).description).raw
    const versions = (await second('GET', '/keys/turning/versions')).body.items.map(({ kid }) => new URL(kid).pathname)
    expect(versions).toHaveLength(4)
    const digest = Buffer.alloc(32).toString('base64url')
    for (const path of [...versions, new URL(restored).pathname])
      expect((await second('POST', `${path}/sign`, { alg: 'ES256', value: digest })).status).toBe(200)
    expect((await second('GET', '/deletedkeys/leaving')).status).toBe(404)
    const made = await second('POST', '/keys/leaving/create', { kty: 'EC' })
    expect(made.body.attributes.created).toBeGreaterThanOrEqual(at)
    expect((await second('GET', '/keys/turning/rotationpolicy')).body).toMatchObject({ lifetimeActions: [{ trigger }] })
  })

  it('ends with 0 on SIGTERM after answering what is in flight, and leaves no pid file', async () => {
    const dataFolder = newFolder()
    const { child, description } = await start(dataFolder)
    expect(readFileSync(join(dataFolder, 'local-vault.pid'), 'utf8').split('\n')[0]).toBe(String(child.pid))
    const inFlight = await beginCall(description, 'POST', '/keys/in-flight/create', { kty: 'RSA-HSM', key_size: 4096 })
    const hanging = await beginCall(description, 'PUT', '/keys/hang-import', { key: { kty: 'EC' } })
    expect(await kill(child, 'SIGTERM')).toBe(0)
    expect(await inFlight.ended).toBe(200)
    expect(await hanging.ended).toBe('cut')
    expect(() => statSync(join(dataFolder, 'local-vault.pid'))).toThrow()
  })

  it('is refused a folder that another process holds, with one sentence', async () => {
    const dataFolder = newFolder()
    await start(dataFolder)
    const { code, stderr } = await failToStart(dataFolder)
    expect(code).toBe(1)
    expect(stderr).toMatch(oneSentence)
    expect(stderr).toContain('Another local vault is running')
  })

  it('takes a kept port that is in use as an error, never another port', async () => {
    const dataFolder = newFolder()
    const { child, description } = await start(dataFolder)
    await kill(child, 'SIGTERM')
    const port = Number(new URL(description.vaults[0]?.url ?? '').port)
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve))
    const { code, stderr } = await failToStart(dataFolder)
    await new Promise((resolve) => squatter.close(resolve))
    expect([code, stderr.includes(`Port ${port}`)]).toEqual([1, true])
    expect(stderr).toMatch(oneSentence)
    expect((await start(dataFolder)).description).toEqual(description)
  })

  it('says in one sentence that its settings are damaged', async () => {
    const dataFolder = newFolder()
    mkdirSync(dataFolder, { recursive: true })
    writeFileSync(join(dataFolder, 'settings.json'), '{}')
    const { code, stderr } = await failToStart(dataFolder)
    expect([code, oneSentence.test(stderr)]).toEqual([1, true])
  })

  it('stays below 200 MB after some work', async () => {
    const { child, description } = await start(newFolder())
    const { raw } = clientsOf(description)
    for (let at = 0; at < 100; at += 1) await raw('POST', `/keys/key-${at}/create`, { kty: 'EC' })
    for (let at = 0; at < 300; at += 1) await raw('GET', '/keys')
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    expect(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])).toBeLessThan(200 * 1024)
  })
})

describe('the data folder', () => {
  it('holds its secrets in files that only the owner reads, and no private key in the clear', async () => {
    const dataFolder = newFolder()
    const vault = await startLocalVault({ dataFolder })
    const { raw } = clientsOf(vault.description)
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const jwk = privateKey.export({ format: 'jwk' })
    await raw('PUT', '/keys/secret', { key: { ...jwk, kty: 'EC-HSM' } })
    await vault.close()
    for (const file of ['settings.json', 'master.key', 'acknowledged.jsonl']) {
      expect(statSync(join(dataFolder, file)).mode & 0o777).toBe(0o600)
    }
    const stored = readFileSync(join(dataFolder, 'store', 'data.mdb'))
    expect(stored.includes(Buffer.from(jwk.d ?? '', 'base64url'))).toBe(false)
    expect(stored.includes(Buffer.from(jwk.x ?? ''))).toBe(true)
  })
})
