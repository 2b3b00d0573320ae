import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchToken } from './testing/raw-client'
import { startTestVault, type TestVault } from './testing/start-test-vault'

let vault: TestVault
let token: string
beforeAll(async () => {
  vault = await startTestVault()
  token = await fetchToken(vault.description, 'https://vault.azure.net/.default')
})
afterAll(() => vault.stop())

const megabyte = 1024 * 1024
const total = 64
/** What the kernel takes into its buffers on both sides though nobody reads. */
const buffers = 16 * megabyte

/** Sends up to `total` megabytes behind a head, and tells what was answered and how many bytes went off. */
async function pour(head: string, chunked: boolean, url = vault.description.vaults[0]?.url ?? '') {
  const { port, hostname, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => undefined) // it is to be cut
  // Not events.once, which fails on the errors that are expected here.
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.write(`${head} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n`)
  socket.write(chunked ? 'transfer-encoding: chunked\r\n\r\n' : `content-length: ${total * megabyte}\r\n\r\n`)
  const piece = Buffer.alloc(megabyte, 'a')
  const framed = chunked
    ? Buffer.concat([Buffer.from(`${megabyte.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
    : piece
  for (let at = 0; at < total && !socket.destroyed; at += 1)
    if (!socket.write(framed)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
  await closed
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]), sent: socket.bytesWritten - socket.writableLength }
}

describe('a body that nobody needs is not read to its end', () => {
  it.each([
    ['announced as too large', 'POST /keys/a/create?api-version=7.6', false, 413],
    ['growing too large', 'POST /keys/a/create?api-version=7.6', true, 413],
    ['of a restore', 'POST /keys/restore?api-version=7.6', true, 413],
    ['of a page that has none', 'GET /keys?api-version=7.6', true, 200],
    ['of no route', 'POST /nothing?api-version=7.6', true, 404],
    ['of no api-version', 'POST /keys/a/create', true, 400],
  ])('%s', async (_what, head, chunked, status) => {
    const poured = await pour(head, chunked)
    expect(poured.status).toBe(status)
    expect(poured.sent).toBeLessThan((head.includes('restore') ? 8 * megabyte : 0) + buffers)
  })

  it('what is no HTTP is refused, and a client that reads only after it has sent still finds the refusal', async () => {
    const { port, hostname, host } = new URL(vault.description.vaults[0]?.url ?? '')
    const socket = connect(Number(port), hostname)
    let answer = ''
    socket.on('error', () => undefined) // it is to be cut
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    socket.write(`GET /keys with a blank HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${total * megabyte}\r\n\r\n`)
    socket.write(Buffer.alloc(total * megabyte, 'a'))
    // Half of the time for which the vault waits: with nobody reading, an answer that a reset follows is lost.
    setTimeout(() => {
      socket.on('data', (chunk) => {
        answer += chunk
      })
    }, 250)
    await closed
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('a request that breaks after its answer gets no second one, and the next on its connection gets its refusal', async () => {
    const { port, hostname, host } = new URL(vault.description.vaults[0]?.url ?? '')
    const exchange = async (...parts: string[]) => {
      const socket = connect(Number(port), hostname)
      let answer = ''
      let heard: (() => void) | undefined
      socket.on('data', (chunk) => {
        answer += chunk
        heard?.()
      })
      socket.on('error', () => undefined) // it is to be cut
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      for (const part of parts) {
        const next = new Promise<void>((resolve) => {
          heard = resolve
        })
        socket.write(part)
        await Promise.race([next, closed])
      }
      await closed
      return answer.match(/HTTP\/1\.1 \d+/g)
    }
    const head = `POST /keys/a/sign?api-version=7.6 HTTP/1.1\r\nhost: ${host}\r\n`
    // Refused for want of a token while its body is still to come; then the body turns out to be no chunks.
    expect(await exchange(`${head}transfer-encoding: chunked\r\n\r\n`, 'no chunk\r\n')).toEqual(['HTTP/1.1 401'])
    expect(await exchange(`${head}content-length: 2\r\n\r\n{}`, 'no request\r\n\r\n')).toEqual([
      'HTTP/1.1 401',
      'HTTP/1.1 400',
    ])
  })

  it('at the other doors neither', async () => {
    for (const { url } of [vault.description.attestation, vault.description.admin])
      expect((await pour('POST /tokens', true, new URL(url).origin)).sent).toBeLessThan(buffers)
    expect((await pour('POST /clock', true, new URL(vault.description.admin.url).origin)).sent).toBeLessThan(buffers)
    const { pathname, origin } = new URL(vault.description.token.url)
    expect((await pour(`POST ${pathname}`, true, origin)).sent).toBeLessThan(buffers)
  })

  it('a client of a usual body keeps its connection, refused or not', async () => {
    const { port, hostname, host } = new URL(vault.description.vaults[0]?.url ?? '')
    const socket = connect(Number(port), hostname)
    const body = JSON.stringify({ value: 'a'.repeat(200_000) })
    for (let at = 0; at < 5; at += 1) {
      const answered = once(socket, 'data')
      socket.write(
        `POST /keys/a/sign?api-version=7.6 HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      )
      expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 401/)
    }
    socket.destroy()
  })
})
