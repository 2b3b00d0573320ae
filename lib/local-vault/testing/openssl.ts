import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type OpensslResult = { ok: boolean; output: Buffer; words: string }

/** Runs the openssl program in a folder that holds the files, and is gone afterwards. Shares no code and no process with the vault. */
export function openssl(args: string[], files: Record<string, string | Uint8Array>): OpensslResult {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const { error, status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder })
    if (error) throw error
    return { ok: status === 0, output: stdout, words: `${stdout}${stderr}` }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The output; an openssl that refuses throws its own words. */
export function opensslOutput(args: string[], files: Record<string, string | Uint8Array>): Buffer {
  const { ok, output, words } = openssl(args, files)
  if (!ok) throw new Error(`openssl ${args[0]} failed: ${words}`)
  return output
}
