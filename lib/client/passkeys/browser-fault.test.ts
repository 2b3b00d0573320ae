import { describe, expect, it } from 'vitest'
import { faultOf } from './browser-fault'

const named = (name: string, message = '') => Object.assign(new Error(message), { name })
const coded = (code: string) => Object.assign(named('InvalidStateError'), { code })

describe('what a browser’s refusal means', () => {
  it.each([
    ['left by the person', named('NotAllowedError'), false, 'left'],
    ['waited to the end', named('NotAllowedError'), true, 'timed-out'],
    ['aborted', named('AbortError'), false, 'left'],
    ['an address that browsers refuse', named('SecurityError', 'This is an invalid domain.'), false, 'wrong-address'],
    ['the library’s word for it', coded('ERROR_INVALID_DOMAIN'), false, 'wrong-address'],
    ['a device that has one already', coded('ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'), false, 'registered-already'],
    ['a device without a PIN', coded('ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT'), false, 'no-user-check'],
    ['an old browser', new Error('WebAuthn is not supported in this browser'), false, 'not-supported'],
    ['what the library only passes on', { ...coded('x'), name: 'UnknownError' }, false, 'failed'],
    ['anything else', 'no error at all', false, 'failed'],
  ])('%s', (_title, error, waited, fault) => {
    expect(faultOf(error, waited)).toBe(fault)
  })
})
