import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newInvitationToken, tokenOf } from './invitation-token'

describe('an invitation’s token', () => {
  it('is 256 bits in an address, and its digest is what the console computes', async () => {
    const { token, sha256 } = await newInvitationToken()
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(sha256).toBe(createHash('sha256').update(token).digest('hex'))
    expect(tokenOf(`#${token}`)).toBe(token)
  })

  it('is another one each time', async () => {
    expect((await newInvitationToken()).token).not.toBe((await newInvitationToken()).token)
  })

  it.each(['', '#', '#short', `#${'a'.repeat(44)}`, `#${'a'.repeat(42)}!`])('is not read from %s', (hash) => {
    expect(tokenOf(hash)).toBeUndefined()
  })
})
