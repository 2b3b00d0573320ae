import { familyOf, isSizeOrCurve } from '../keys/key-type'
import { type ChecksOf, fail, pass, pending, waitsForFile, waitsForKek, waitsForReadableFile, warn } from './check'
import { type KeyShape, longestEncoding, looksLikeRsa1024, shapeName, smallestEncoding } from './encoded-lengths'
import type { PreflightInput } from './input'
import type { Finding } from './report'
import { blobOf } from './transfer-file'
import { nameProposals, proposeTypes } from './type-proposals'

/** The lengths in bytes, once file and KEK are known. */
function lengths(input: PreflightInput): { ciphertext: number; block: number; remainder: number } | Finding {
  const blob = blobOf(input)
  if (blob === undefined) return input.file === undefined ? waitsForFile : waitsForReadableFile
  if (input.kek?.state !== 'read') return waitsForKek
  const block = input.kek.bits / 8
  return { ciphertext: blob.ciphertext.length, block, remainder: blob.ciphertext.length - block }
}

/** Bytes after the first block, when they can be told. */
export function remainderOf(input: PreflightInput): number | undefined {
  const known = lengths(input)
  return 'remainder' in known ? known.remainder : undefined
}

export const isWholeRemainder = (remainder: number): boolean => remainder >= 24 && remainder % 8 === 0

/** The chosen type with its size or curve, once both are chosen and belong together. */
export function chosenShape({ target }: PreflightInput): KeyShape | undefined {
  if (target?.kty === undefined || target.sizeOrCurve === undefined) return undefined
  const family = familyOf(target.kty)
  return isSizeOrCurve(family, target.sizeOrCurve) ? { family, sizeOrCurve: target.sizeOrCurve } : undefined
}

const exportAgain = 'The file is cut short or was wrapped for another KEK. Export it again for this KEK.'

function checkType(remainder: number, shape: KeyShape | undefined): Finding {
  const proposals = proposeTypes(remainder)
  if (looksLikeRsa1024(remainder)) {
    const fact = `${remainder} bytes are left for the key: the length of RSA-1024, which no vault takes.`
    return fail(fact, 'Bring a key of at least 2048 bits.')
  }
  if (shape === undefined) {
    const proposed = proposals.length > 0 ? `This is ${nameProposals(proposals)}.` : 'No known type has this length.'
    return pending(`${remainder} bytes are left for the key. ${proposed} Waits for the type to be chosen.`)
  }
  return compare(remainder, shape, proposals)
}

function compare(remainder: number, shape: KeyShape, proposals: ReturnType<typeof proposeTypes>): Finding {
  const name = shapeName(shape)
  const [smallest, longest] = [smallestEncoding(shape), longestEncoding(shape)]
  const left = `${remainder} bytes are left for the key`
  if (remainder < smallest) {
    return fail(`${left}; ${name} needs at least ${smallest}.`, chooseInstead(proposals))
  }
  if (proposals.some((proposal) => proposal.name === name)) {
    return pass(proposals.length === 1 ? `${left}, as ${name} has.` : `${left}: ${nameProposals(proposals)}.`)
  }
  if (proposals.length > 0) {
    return warn(`${left}: the length of ${nameProposals(proposals)}, not of ${name}.`, chooseInstead(proposals))
  }
  const unusual = remainder > longest ? `more than the ${longest} that ${name} is known to take` : `unusual for ${name}`
  return warn(`${left}, ${unusual}.`, 'Check the type against the ceremony record before you go on.')
}

const chooseInstead = (proposals: ReturnType<typeof proposeTypes>): string =>
  proposals.length > 0
    ? `Choose ${nameProposals(proposals)}, or check which key was exported.`
    : 'Check which key was exported, and under which KEK.'

export const arithmeticChecks: ChecksOf<'arithmetic'> = {
  'arithmetic-block': (input) => {
    const known = lengths(input)
    if ('verdict' in known) return known
    const fact = `The ciphertext has ${known.ciphertext} bytes, the KEK’s modulus ${known.block}.`
    return known.remainder > 0 ? pass(fact) : fail(fact, exportAgain)
  },
  'arithmetic-remainder': (input) => {
    const known = lengths(input)
    if ('verdict' in known) return known
    const left = Math.max(0, known.remainder)
    const fact = `${left} bytes follow the first block.`
    if (isWholeRemainder(known.remainder)) return pass(fact)
    return fail(`${fact} A wrapped key has at least 24, and a multiple of 8.`, exportAgain)
  },
  'arithmetic-type': (input) => {
    const known = lengths(input)
    if ('verdict' in known) return known
    if (!isWholeRemainder(known.remainder)) return pending('Waits for a ciphertext of a possible length.')
    return checkType(known.remainder, chosenShape(input))
  },
}
