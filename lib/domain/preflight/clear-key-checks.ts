import { chosenShape } from './arithmetic-checks'
import { type ChecksOf, fail, pass, pending, waitsForType, warn } from './check'
import { shapeName } from './encoded-lengths'
import type { PreflightInput } from './input'
import type { Finding } from './report'

/** What was read is what was chosen: a wrong type would be refused by the vault, once it has seen the key. */
function type(input: PreflightInput): Finding {
  const shape = chosenShape(input)
  if (input.key === undefined) return pending('Waits for the key file.')
  if (shape === undefined) return waitsForType
  const { family, sizeOrCurve } = input.key
  if (shape.family === family && shape.sizeOrCurve === sizeOrCurve) return pass(`${shapeName(shape)}, as chosen.`)
  return fail(`The file holds ${family} ${sizeOrCurve}, chosen is ${shapeName(shape)}.`, 'Choose the type of the key.')
}

export const clearKeyChecks: ChecksOf<'key'> = {
  'key-type': type,
  'key-seen-by-server': () =>
    warn(
      'The private key goes in the clear inside TLS to this server, and from it to the vault. The server keeps nothing of it, but who controls the server could.',
      'Seal it under a KEK where the vault has one. Otherwise acknowledge that the server sees the key; the record will say so for good.',
    ),
}
