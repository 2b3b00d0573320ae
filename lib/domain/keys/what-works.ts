import type { KeyOperation } from './key-operations'

/** What a version can do now: one row of the state-by-operation table that every key shows. */
export interface OperationNow {
  operation: KeyOperation | 'release'
  works: boolean
  because: string
}

export interface WhatWorksFacts {
  enabled: boolean
  deleted: boolean
  notBefore: Date | null
  expiresAt: Date | null
  keyOps: readonly string[]
  exportable: boolean
}

/** Operations that stop outside nbf and exp; the others go on until the key is disabled (Azure: key attributes). */
const STOPPED_BY_DATES: readonly string[] = ['encrypt', 'sign', 'wrapKey']
const SHOWN: readonly (KeyOperation | 'release')[] = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'wrapKey',
  'unwrapKey',
  'import',
  'release',
]

/** Microsoft's documented rules; near nbf and exp a vault may allow a few minutes either way. */
export function whatWorksNow(facts: WhatWorksFacts, now: Date): OperationNow[] {
  return SHOWN.map((operation) => {
    const permitted = operation === 'release' ? facts.exportable : facts.keyOps.includes(operation)
    return { operation, ...verdict(operation, permitted, facts, now) }
  })
}

function verdict(operation: string, permitted: boolean, facts: WhatWorksFacts, now: Date) {
  if (facts.deleted) return { works: false, because: 'The key is deleted.' }
  if (!permitted) {
    const because = operation === 'release' ? 'The key is not exportable.' : 'Not among the permitted operations.'
    return { works: false, because }
  }
  if (!facts.enabled) return { works: false, because: 'The version is disabled.' }
  const early = facts.notBefore !== null && facts.notBefore > now
  const late = facts.expiresAt !== null && facts.expiresAt <= now
  if ((early || late) && STOPPED_BY_DATES.includes(operation)) {
    return { works: false, because: early ? 'Before its not-before date.' : 'Past its expiry.' }
  }
  if (late) return { works: true, because: 'Still works after expiry: only disabling stops it.' }
  if (early) return { works: true, because: 'Works before its not-before date: only disabling stops it.' }
  return { works: true, because: 'Permitted, enabled and inside its dates.' }
}
