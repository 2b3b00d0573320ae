import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bytesOf, digestOf } from './see-body'

const text = 'kürzer'
const bytes = new TextEncoder().encode(text)
const expected = { state: 'seen', bytes: bytes.length, sha256: createHash('sha256').update(text).digest('hex') }

async function seen(body: unknown) {
  const read = await bytesOf(body)
  return read ? digestOf(read) : read
}

describe('a body that is about to leave', () => {
  it('is hashed as its bytes, in whatever form it was given', async () => {
    const within = new Uint8Array([0, ...bytes, 0]).subarray(1, -1)
    for (const body of [text, bytes, bytes.buffer, within, new DataView(bytes.buffer), new Blob([text])]) {
      expect(await seen(body)).toEqual(expected)
    }
    expect(await seen(new URLSearchParams({ a: 'ü b' }))).toMatchObject({ bytes: 'a=%C3%BC+b'.length })
  })

  it('is hashed as it was when it was given', async () => {
    const given = new Uint8Array(bytes)
    const read = bytesOf(given)
    given.fill(0)
    expect(await digestOf((await read) ?? new Uint8Array())).toEqual(expected)
  })

  it('is none, or not seen', async () => {
    expect(await seen(undefined)).toBeNull()
    expect(await seen(null)).toBeNull()
    expect(await seen(new ReadableStream())).toBeUndefined()
  })

  it('leaves no hash where it holds a password: it could be guessed from one', async () => {
    for (const body of [
      '[{"input":{"password":"hunter2"}}]',
      'csrf=1&password=hunter2',
      '{"Password":"x"}',
      '"password"',
    ]) {
      expect(await seen(body)).toEqual({ state: 'withheld', bytes: body.length })
    }
    expect(await seen('the passwor')).toMatchObject({ state: 'seen' })
  })
})
