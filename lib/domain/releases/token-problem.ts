/** Why a text is no attestation token. */
export type TokenProblemCode =
  | 'empty'
  | 'too-large'
  | 'not-a-token'
  | 'encrypted'
  | 'not-base64url'
  | 'not-json'
  | 'too-deep'
  | 'duplicate-member'
  | 'not-an-object'
  | 'no-algorithm'
  | 'alg-none'
  | 'critical-extension'
  | 'no-issuer'
  | 'times-unreadable'

/** What is odd about a token that can be read. It can be tried against a policy; a vault takes none of these. */
export type TokenRemark = 'expired' | 'not-yet-valid' | 'no-expiry'

export const TOKEN_PROBLEM_WORDS = {
  empty: 'There is no token. Paste one: three parts with a point between them.',
  'too-large': 'This is longer than 128 KiB. Attestation tokens stay below 16 KiB.',
  'not-a-token': 'This is no token: a token is three parts with a point between them, “eyJ….eyJ….…”.',
  encrypted: 'This token is encrypted: it has five parts. A vault is given a signed one, of three.',
  'not-base64url': 'A part of the token is not base64url. It may have been cut or wrapped when it was copied.',
  'not-json': 'A part of the token is not JSON. It may have been cut when it was copied.',
  'too-deep': 'The token’s claims are nested deeper than 16 levels.',
  'duplicate-member': 'A claim stands twice in the same object: two readers could take two different tokens from it.',
  'not-an-object': 'The token’s header and claims must each be a JSON object.',
  'no-algorithm': 'The token’s header names no algorithm (“alg”).',
  'alg-none':
    'Nobody signed this token: its algorithm is “none”, and no vault takes it. To try its claims, paste them as JSON.',
  'critical-extension': 'The token’s header demands an extension (“crit”) that no vault is known to have.',
  'no-issuer': 'The token does not say who issued it: “iss” must be a text.',
  'times-unreadable': 'The token’s times (“iat”, “nbf”, “exp”) must be numbers of seconds.',
} as const satisfies Record<TokenProblemCode, string>

export const TOKEN_REMARK_WORDS = {
  expired: 'This token has expired: a vault refuses it, whatever the policy says.',
  'not-yet-valid': 'This token is not valid yet: a vault refuses it, whatever the policy says.',
  'no-expiry': 'This token names no end (“exp”): a vault refuses it, whatever the policy says.',
} as const satisfies Record<TokenRemark, string>
