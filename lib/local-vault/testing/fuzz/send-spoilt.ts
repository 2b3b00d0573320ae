import { connect } from 'node:net'
import type { Spoilt } from './spoil'

/** `status` is null where the connection ended without an answer. */
export type Answer = { status: number | null; head: string; body: string }

/** Clients of this kind take nothing back: what isn't answered within it counts as never. */
const patienceMs = 30_000

/** The bytes of the request, on a connection of its own; nothing is put right on the way. */
export function sendSpoilt(url: string, request: Spoilt): Promise<Answer | 'never'> {
  const { hostname, port, host } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    const timer = setTimeout(() => {
      socket.destroy()
      resolve('never')
    }, patienceMs)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      // The vault keeps the connection open; one that asks to close it is cut before a long body's answer can be read.
      if (isWhole(Buffer.concat(chunks), request.method)) socket.destroy()
    })
    // The vault cuts connections that send on after its answer; what it answered has arrived.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(readAnswer(Buffer.concat(chunks)))
    })
    socket.write(headOf(request, host), 'latin1')
    if (request.chunked && request.body.length > 0) socket.write(`${request.body.length.toString(16)}\r\n`)
    socket.write(request.body)
    if (request.chunked) socket.write(request.body.length > 0 ? '\r\n0\r\n\r\n' : '0\r\n\r\n')
  })
}

export function headOf({ method, path, query, headers, body, chunked }: Spoilt, host: string): string {
  const given = new Set(headers.map(([name]) => name))
  const framing: [string, string] = chunked ? ['transfer-encoding', 'chunked'] : ['content-length', String(body.length)]
  const all: [string, string][] = [['host', host], framing, ...headers]
  // A header that a trick gives takes the place of ours; both would be one trick only.
  const lines = all.filter(([name], at) => at >= 2 || !given.has(name)).map(([name, value]) => `${name}: ${value}`)
  return `${method} ${path}${query === '' ? '' : `?${query}`} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

/** The end of an answer of no known length, all of it where it is empty. */
const emptyChunk = '0\r\n\r\n'

/** The last answer: `100 Continue` may stand before it. */
function readAnswer(bytes: Buffer): Answer {
  const parts = bytes.toString('latin1').split('\r\n\r\n')
  const [head = '', ...rest] = parts[0]?.startsWith('HTTP/1.1 100') ? parts.slice(1) : parts
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? []
  const body = rest.join('\r\n\r\n')
  return { status: status === undefined ? null : Number(status), head, body: body === emptyChunk ? '' : body }
}

function isWhole(bytes: Buffer, method: string): boolean {
  const { status, head, body } = readAnswer(bytes)
  if (status === null || !bytes.includes('\r\n\r\n')) return false
  const [, length] = /^content-length: (\d+)/im.exec(head) ?? []
  return (
    status === 204 ||
    bytes.subarray(-emptyChunk.length).toString('latin1') === emptyChunk ||
    (length !== undefined && (method === 'HEAD' || body.length >= Number(length)))
  )
}
