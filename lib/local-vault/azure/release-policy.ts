import { z } from 'zod'
import type { KeyType, ReleasePolicy } from '../store/records'
import { badParameter } from './fault'
import { keyTypes } from './key-types'
import type { GivenReleasePolicy } from './request-body'

const grammarFloor = z.object({ version: z.string(), anyOf: z.array(z.unknown()).min(1) })

/** Stores what was given; the grammar's full check and its evaluation belong to release, which is not here yet. */
export function readReleasePolicy(given: GivenReleasePolicy): ReleasePolicy | null {
  if (!given) return null
  let policy: unknown
  try {
    policy = JSON.parse(given.data.toString('utf8'))
  } catch {
    throw badParameter('The release policy is not valid JSON.')
  }
  if (!grammarFloor.safeParse(policy).success)
    throw badParameter('The release policy must have a version and a non-empty anyOf.')
  return {
    contentType: given.contenttype ?? 'application/json; charset=utf-8',
    data: given.data.toString('base64url'),
    immutable: given.immutable ?? false,
  }
}

/** Exportable if and only if there is a policy, and only for HSM types. */
export function checkExportable(kty: KeyType, exportable: boolean, policy: ReleasePolicy | null): void {
  if (exportable && !keyTypes[kty].hsm) throw badParameter('AKV.SKR.1006: Exportable keys must be HSM keys.')
  if (exportable && !policy) throw badParameter('AKV.SKR.1004: Exportable keys must have release policy.')
  if (!exportable && policy) throw badParameter('AKV.SKR.1005: Non-exportable keys must not have release policy.')
}
