import { execFileSync } from 'node:child_process'

type Search = { found: true; python: string; version: string } | { found: false; reason: string }

const probe = 'from azure.keyvault.keys._version import VERSION; import cryptography; print(VERSION)'

/** A Python that has azure-keyvault-keys: Debian's own (package python3-azure), else whichever comes first in PATH. */
export function findPythonClient(): Search {
  for (const python of ['/usr/bin/python3', 'python3']) {
    try {
      const version = execFileSync(python, ['-c', probe], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
      return { found: true, python, version }
    } catch (error) {
      // Absent, or without the package: the next one may have it.
      if (!(error instanceof Error)) throw error
    }
  }
  return { found: false, reason: 'no python3 has azure-keyvault-keys; apt-get install python3-azure' }
}
