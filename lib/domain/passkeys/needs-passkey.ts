import type { Role } from '../people/roles'

/** Whoever moves keys, where the installation says so. */
export function needsPasskey(roles: readonly Role[], installationRequires: boolean): boolean {
  return installationRequires && roles.some((role) => role === 'custodian' || role === 'approver')
}
