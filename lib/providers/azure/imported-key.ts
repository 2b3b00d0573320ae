import type { ImportKeyOptions } from '@azure/keyvault-keys'
import type { ImportedKey } from '../inputs'
import { sentPolicy } from './sent-policy'
import { sentTimes } from './sent-times'

/** The part of an import's request that is beside the key itself. */
export function importOptions(input: ImportedKey): ImportKeyOptions {
  return {
    enabled: input.enabled,
    tags: input.tags,
    ...sentTimes(input),
    ...(input.exportable ? { exportable: true } : {}),
    ...(input.releasePolicy ? sentPolicy(input.releasePolicy) : {}),
  }
}
