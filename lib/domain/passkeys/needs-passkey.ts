import type { Role } from '../people/roles'

const NEEDING: readonly Role[] = ['custodian', 'approver', 'administrator']

/** Whoever moves keys, and whoever decides who does, where the installation says so. */
export function needsPasskey(roles: readonly Role[], installationRequires: boolean): boolean {
  return installationRequires && roles.some((role) => NEEDING.includes(role))
}
