import { rmSync } from 'node:fs'
import { identify, isRunning } from '../../scripts/lib/process-identity.mjs'
import { stopProcess } from '../../scripts/lib/stop-process.mjs'

/** Stops what global-setup.ts started, and nothing that ran before. */
export default async function globalTeardown(): Promise<void> {
  const pid = Number(process.env.E2E_LAUNCHER_PID)
  if (!Number.isInteger(pid) || pid <= 0) return
  const launcher = identify(pid)
  if (isRunning(launcher)) await stopProcess(launcher, { patience: 30_000 })
  if (process.env.E2E_FOLDER) rmSync(process.env.E2E_FOLDER, { recursive: true, force: true })
}
