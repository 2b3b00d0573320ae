import { rmSync } from 'node:fs'
import { identify, isRunning } from '../../scripts/lib/process-identity.mjs'
import { stopProcess } from '../../scripts/lib/stop-process.mjs'

/** Stops what global-setup.ts started, and nothing that ran before. */
export default async function globalTeardown(): Promise<void> {
  await stop(process.env.E2E_LAUNCHER_PID)
  await stop(process.env.E2E_PROVIDER_PID)
  if (process.env.E2E_FOLDER) rmSync(process.env.E2E_FOLDER, { recursive: true, force: true })
}

async function stop(started: string | undefined): Promise<void> {
  const pid = Number(started)
  if (!Number.isInteger(pid) || pid <= 0) return
  const running = identify(pid)
  if (isRunning(running)) await stopProcess(running, { patience: 30_000 })
}
