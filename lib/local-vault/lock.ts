import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from './start-error'

/**
 * One process per data folder. `local-vault.pid` holds the process id and, where the system tells it, the process's start
 * time: a number that was given to another program after a crash is then not taken for us. A second line of defence are
 * the ports, which the folder fixes.
 */
export function lockFolder(dataFolder: string): () => void {
  const path = join(dataFolder, 'local-vault.pid')
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (createLock(path)) return () => rmSync(path, { force: true })
    if (holderLives(path)) break
    rmSync(path, { force: true })
  }
  throw new StartError(
    'already-running',
    `Another local vault is running on the data folder ${dataFolder}; stop it first, or choose another folder.`,
  )
}

function createLock(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, `${process.pid}\n${startTime(process.pid) ?? ''}\n`)
    closeSync(file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function holderLives(path: string): boolean {
  const [pidLine, startedLine] = readLines(path)
  const pid = Number.parseInt(pidLine ?? '', 10)
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false
  const started = startTime(pid)
  return started === undefined || !startedLine || started === startedLine
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    // It went away between our two looks: nobody holds it.
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)); undefined where there is no /proc. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
