import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { PublicPart } from '../../store/records'
import { curves } from '../key-types'
import { type KeyMaterial, materialOfOct, materialOfPrivateKey } from './key-material'

const generate = promisify(generateKeyPair)

export type KeyShape =
  | { family: 'RSA'; bits: number; publicExponent: number }
  | Pick<Extract<PublicPart, { family: 'EC' }>, 'family' | 'curve'>
  | { family: 'oct'; bits: number }

/** Makes a key off the main thread (an RSA-4096 takes a second and more). */
export async function generateKey(shape: KeyShape): Promise<KeyMaterial> {
  switch (shape.family) {
    case 'RSA': {
      const { privateKey } = await generate('rsa', { modulusLength: shape.bits, publicExponent: shape.publicExponent })
      return materialOfPrivateKey(privateKey)
    }
    case 'EC': {
      const { privateKey } = await generate('ec', { namedCurve: curves[shape.curve].openssl })
      return materialOfPrivateKey(privateKey)
    }
    case 'oct':
      return materialOfOct(randomBytes(shape.bits / 8))
  }
}

/** The shape of a key like the given one. */
export function shapeLike(publicPart: PublicPart): KeyShape {
  if (publicPart.family === 'RSA') return { family: 'RSA', bits: publicPart.bits, publicExponent: 65537 }
  return publicPart
}
