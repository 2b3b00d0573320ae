import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeLock } from './folder-lock.mjs'
import { identify } from './process-identity.mjs'

describe('the lock of a data folder', () => {
  let folder = ''
  const file = () => path.join(folder, 'lock.json')
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-lock-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is held by one, and names its holder to the next', () => {
    expect(takeLock(file()).held).toBe(true)
    expect(takeLock(file())).toEqual({ held: false, by: process.pid })
  })

  it('is free again after its release', () => {
    const lock = takeLock(file())
    if (lock.held) lock.release()
    expect(takeLock(file()).held).toBe(true)
  })

  it('is taken from a process that is gone', () => {
    writeFileSync(file(), JSON.stringify({ pid: 2 ** 22 - 1, startedAt: 'long ago' }))
    expect(takeLock(file()).held).toBe(true)
  })

  it('is taken from a number that has become somebody else’s', () => {
    writeFileSync(file(), JSON.stringify({ ...identify(process.pid), startedAt: 'another boot:1' }))
    expect(takeLock(file()).held).toBe(true)
  })
})
