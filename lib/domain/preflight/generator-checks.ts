import { isOwnGenerator } from '../imports/origin'
import { chosenShape } from './arithmetic-checks'
import { type ChecksOf, pass, waitsForFile, waitsForReadableFile, waitsForType, warn } from './check'
import type { PreflightInput } from './input'
import type { Finding } from './report'
import { blobOf } from './transfer-file'
import { isListedGenerator, isLuna } from './vendors'

/** A check on the generator's text; missing, it is the file's own row that says so. */
function onGenerator(input: PreflightInput, check: (generator: string) => Finding): Finding {
  const blob = blobOf(input)
  if (blob === undefined) return input.file === undefined ? waitsForFile : waitsForReadableFile
  return blob.generator?.trim() ? check(blob.generator) : pass('The file names no tool.')
}

/** What the name of the tool tells. Apart from the target's other checks: these need no vault. */
export const generatorChecks: Pick<ChecksOf<'target'>, 'target-luna' | 'target-vendor'> = {
  'target-luna': (input) =>
    onGenerator(input, (generator) => {
      const shape = chosenShape(input)
      if (!isLuna(generator)) return pass('Not made by a Luna tool.')
      if (shape === undefined) return waitsForType
      if (shape.family !== 'RSA' || shape.sizeOrCurve !== '4096') return pass('Luna exports this size.')
      return warn('A Luna HSM exports RSA-4096 correctly from firmware 7.4.0 on.', 'Check the HSM’s firmware version.')
    }),
  'target-vendor': (input) =>
    onGenerator(input, (generator) => {
      if (isListedGenerator(generator)) return pass('The tool is one of a listed vendor.')
      if (isOwnGenerator(generator)) return pass('It was sealed by Drawbridge, from a key file.')
      return warn(
        'The tool that made the file is of no vendor on Microsoft’s list.',
        'Make sure that you know the tool.',
      )
    }),
}
