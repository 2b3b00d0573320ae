import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from './lib/free-port.mjs'
import { startOf } from './lib/process-identity.mjs'

const PATIENCE = 480_000 // a first build on a busy machine is in it

describe('an installation, from start to start', () => {
  let parent = ''
  let data = ''
  let port = 0
  const launchers: ChildProcess[] = []

  beforeAll(async () => {
    parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-lifecycle-'))
    chmodSync(parent, 0o711) // run as root, the database's own user passes through here
    data = path.join(parent, 'data')
    port = await freePort()
  })
  afterAll(async () => {
    for (const launcher of launchers) await stop(launcher)
    rmSync(parent, { recursive: true, force: true })
  }, PATIENCE)

  /** Resolves with all it said once it is ready; rejects when it ends before. */
  const start = () =>
    new Promise<{ launcher: ChildProcess; output: () => string }>((resolve, reject) => {
      const env = {
        ...process.env,
        DATABASE_URL: '',
        NODE_ENV: 'production',
        DRAWBRIDGE_DATA: data,
        PORT: String(port),
      }
      const launcher = spawn(process.execPath, ['scripts/start.mjs'], { env: env as NodeJS.ProcessEnv }) // strings only
      launchers.push(launcher)
      let output = ''
      const listen = (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('Stop with Ctrl-C')) resolve({ launcher, output: () => output })
      }
      launcher.stdout?.on('data', listen)
      launcher.stderr?.on('data', listen)
      launcher.once('exit', () => reject(new Error(output)))
    })

  const ended = (launcher: ChildProcess) =>
    launcher.exitCode !== null || launcher.signalCode !== null
      ? Promise.resolve(launcher.exitCode)
      : new Promise<number | null>((resolve) => launcher.once('exit', resolve))

  const stop = (launcher: ChildProcess) => {
    launcher.kill('SIGTERM')
    return ended(launcher)
  }

  /** Numbers of everything that was started: the children's, and PostgreSQL's own. */
  const childPids = () => {
    const run = path.join(data, 'run')
    const files = readdirSync(run).filter((name) => name !== 'launcher.json')
    const children = files.map((name): number => JSON.parse(readFileSync(path.join(run, name), 'utf8')).pid)
    return [...children, Number(readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])]
  }

  it(
    'answers, keeps its secrets to itself, survives kill -9, and stops whole on SIGTERM',
    async () => {
      const first = await start()
      expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200)
      for (const file of ['local.json', 'secrets.json'])
        expect(statSync(path.join(data, file)).mode & 0o777).toBe(0o600)
      const { officers } = JSON.parse(readFileSync(path.join(data, 'local.json'), 'utf8'))
      for (const { password } of officers) expect(first.output()).not.toContain(password)

      const leftRunning = childPids()
      first.launcher.kill('SIGKILL')
      await ended(first.launcher)
      expect(leftRunning).toHaveLength(3)

      const began = Date.now()
      const second = await start()
      expect(Date.now() - began).toBeLessThan(20_000) // 10 s on a quiet machine; tests share theirs
      expect(second.output()).toContain(
        'Stopped what an earlier start had left running: console, local-vault, database',
      )
      expect(leftRunning.map((pid) => startOf(pid))).toEqual([undefined, undefined, undefined])
      expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200)

      const running = childPids()
      expect(await stop(second.launcher)).toBe(0)
      expect(running.map((pid) => startOf(pid))).toEqual([undefined, undefined, undefined])
    },
    PATIENCE,
  )
})
