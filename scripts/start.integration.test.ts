import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isNodeNewEnough } from './lib/node-version.mjs'
import { identify } from './lib/process-identity.mjs'

interface Ending {
  code: number | null
  output: string
}

/** Runs `npm start`'s program until it ends by itself. */
function start(environment: Record<string, string>): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      env: { ...process.env, DATABASE_URL: '', ...environment },
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('close', (code) => resolve({ code, output }))
  })
}

describe('npm start, when it can’t, says why in one sentence and leaves', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-start-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const expectSentence = ({ code, output }: Ending, sentence: RegExp) => {
    expect(output).toMatch(sentence)
    expect(output).not.toMatch(/^\s+at /m)
    expect(code).toBe(1)
  }

  it('wrong settings, all of them named', async () => {
    expectSentence(await start({ PORT: '99999', HOST: 'a b' }), /✗ PORT should be .* HOST should be /)
  })

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo // listening on TCP: the address is no pipe's name
    const ending = await start({ PORT: String(port), DRAWBRIDGE_DATA: path.join(folder, 'port') })
    server.close()
    expectSentence(ending, new RegExp(`✗ Port ${port} on 127.0.0.1 is in use`))
  })

  it('a host that is not of this machine', async () => {
    const reached = { HOST: '192.0.2.1', PORT: '4399', DRAWBRIDGE_URL: 'https://drawbridge.example.test' }
    const ending = await start({ ...reached, DRAWBRIDGE_DATA: path.join(folder, 'host') })
    expectSentence(ending, /✗ HOST 192\.0\.2\.1 is no address of this machine/)
  })

  it('a data folder that another process holds', async () => {
    const data = path.join(folder, 'held')
    mkdirSync(path.join(data, 'run'), { recursive: true })
    writeFileSync(path.join(data, 'run', 'launcher.json'), JSON.stringify(identify(process.pid)))
    expectSentence(
      await start({ DRAWBRIDGE_DATA: data }),
      new RegExp(`held by another Drawbridge \\(process ${process.pid}\\)`),
    )
  })

  it('a data folder that can’t be made', async () => {
    const file = path.join(folder, 'file')
    writeFileSync(file, '')
    expectSentence(await start({ DRAWBRIDGE_DATA: path.join(file, 'data') }), /✗ The data folder .* can't be written/)
  })

  it('a database that does not answer', async () => {
    const ending = await start({
      DATABASE_URL: 'postgres://someone:secret-word@127.0.0.1:1/drawbridge',
      PORT: '4398',
      DRAWBRIDGE_DATA: path.join(folder, 'database'),
    })
    expectSentence(ending, /✗ The database of DATABASE_URL at 127\.0\.0\.1:1\/drawbridge does not answer: ECONNREFUSED/)
    expect(ending.output).not.toContain('secret-word')
  })

  it.runIf(process.getuid?.() === 0)('a place that the database’s unprivileged user can’t reach', async () => {
    const closed = path.join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o700)
    const ending = await start({ DRAWBRIDGE_DATA: path.join(closed, 'data'), PORT: '4397' })
    expectSentence(ending, /✗ The database runs as the unprivileged user "postgres", who can't reach/)
  })

  it('opens the data folder to nobody else', () => {
    // Run as root, the database's own group may pass through (0710): neither list nor read.
    expect(statSync(path.join(folder, 'port')).mode & 0o067).toBe(0)
  })
})

describe('Node', () => {
  it.each([
    ['20.20.0', true],
    ['22.0.0', true],
    ['20.19.5', false],
    ['18.20.8', false],
  ])('%s is new enough: %s', (version, enough) => {
    expect(isNodeNewEnough(version)).toBe(enough)
  })
})
