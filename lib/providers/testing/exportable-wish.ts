import type { ImportJwkInput } from '../inputs'
import { freshPrivateJwk } from './fresh-private-jwk'

/** A key that can be released under a policy, disabled. */
export const exportableWish = (
  name: string,
  kty: 'RSA' | 'EC',
  policy: string,
  more: Partial<Pick<ImportJwkInput, 'expiresAt' | 'tags'>> = {},
): ImportJwkInput => ({
  name,
  key: freshPrivateJwk(kty),
  hsm: true,
  keyOps: ['sign', 'verify'],
  enabled: false,
  notBefore: null,
  expiresAt: null,
  exportable: true,
  releasePolicy: { text: policy, immutable: false },
  tags: {},
  ...more,
})
