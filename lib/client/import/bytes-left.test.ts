import { describe, expect, it } from 'vitest'
import { soleProposal } from './bytes-left'

describe('the type proposed from the length', () => {
  it('is chosen beforehand where only one type has it', () => {
    expect(soleProposal(1224)).toEqual({ kty: 'RSA-HSM', sizeOrCurve: '2048' })
  })

  it.each([
    ['P-256 and P-256K overlap', 152],
    ['no type has this length', 640],
    ['nothing is known yet', null],
  ])('is never guessed: %s', (_, left) => {
    expect(soleProposal(left)).toBeNull()
  })
})
