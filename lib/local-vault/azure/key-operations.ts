import type { KeyType } from '../store/records'
import { badParameter } from './fault'
import { defaultOperations, familyOperations, keyTypes } from './key-types'

/** The operations a key gets: the given ones if its type can do them, else its type's default. */
export function readKeyOperations(kty: KeyType, given: string[] | undefined, exportable: boolean): string[] {
  const { family } = keyTypes[kty]
  if (given === undefined) return [...defaultOperations[family]]
  const possible: readonly string[] = familyOperations[family]
  const wanted = [...new Set(given)]
  if (wanted.includes('import')) return readImportOperation(kty, wanted)
  const foreign = wanted.filter((operation) => !possible.includes(operation) && !(operation === 'export' && exportable))
  if (foreign.length > 0) throw unsupported(foreign)
  return wanted
}

/** `import` makes a key exchange key: RSA-HSM, and no other operation beside it. */
function readImportOperation(kty: KeyType, wanted: string[]): string[] {
  if (kty !== 'RSA-HSM') throw unsupported(['import'])
  if (wanted.length > 1) throw unsupported(wanted.filter((operation) => operation !== 'import'))
  return wanted
}

function unsupported(operations: string[]): Error {
  // Names outside the vocabulary are the caller's text: they are counted, not repeated.
  const known = operations.filter((operation) => /^[a-zA-Z]{1,20}$/.test(operation))
  return badParameter(
    `Unsupported key operation(s): ${known.map((operation) => `"${operation}"`).join(', ') || 'unknown'}`,
  )
}
