import { expect, it } from 'vitest'
import { type ListedKey, rowsFromText, rowsToText } from './rows-text'

const full: ListedKey = {
  connectionId: 'c',
  vaultName: 'a "quoted" vault, and more',
  name: 'signing-2026',
  kty: 'RSA-HSM',
  sizeOrCurve: '3072',
  hsmPlatform: '2',
  state: 'active',
  origin: 'transfer_blob',
  expiresAt: '2027-07-02T07:57:28.223Z',
  updatedAt: '2026-11-22T06:57:28.223Z',
  compromised: true,
  isKek: false,
  underReview: true,
}
const bare: ListedKey = { ...full, kty: null, sizeOrCurve: null, hsmPlatform: null, expiresAt: null, updatedAt: null }

it('rows come out of the text as they went in', () => {
  const rows = [full, bare, { ...bare, compromised: false, isKek: true, underReview: false }]
  expect(rowsFromText(rowsToText(rows))).toEqual(rows)
})
