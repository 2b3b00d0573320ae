import { describe, expect, it } from 'vitest'
import type { InventoryPage } from '@/lib/domain/keys/views'
import { inventorySignature } from './inventory-signature'

const page = (name: string, indexedAt: string | null = null): InventoryPage => ({
  rows: [
    {
      id: '1',
      connectionId: 'c',
      vaultName: 'vault',
      environment: 'test',
      name,
      kty: null,
      sizeOrCurve: null,
      hsmPlatform: null,
      state: 'active',
      compromised: false,
      isKek: false,
      underReview: false,
      origin: 'unknown',
      expiresAt: null,
      updatedAt: null,
    },
  ],
  total: 1,
  page: 1,
  pageCount: 1,
  sources: [
    {
      connectionId: 'c',
      vaultUrl: 'https://a.vault.azure.net',
      vaultName: 'vault',
      environment: 'test',
      state: 'answering',
      indexedAt,
      lastErrorCode: null,
    },
  ],
})

describe('the mark of an inventory page', () => {
  it('is the same after a trip as JSON', () => {
    expect(inventorySignature(JSON.parse(JSON.stringify(page('a'))))).toBe(inventorySignature(page('a')))
  })

  it('changes with a row and with the age of what is shown', () => {
    const marks = [page('a'), page('b'), page('a', '2026-11-22T10:02:00.000Z')].map(inventorySignature)
    expect(new Set(marks).size).toBe(3)
  })
})
