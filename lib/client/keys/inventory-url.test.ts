import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEY_STATES } from '@/lib/domain/keys/key-state'
import { KEY_TYPES } from '@/lib/domain/keys/key-type'
import { INVENTORY_SORTS, type InventoryQuery, KEY_ORIGINS } from '@/lib/domain/keys/views'
import { EXPIRES_WITHIN_DAYS, inventoryUrl, isFiltered, withoutFilters } from './inventory-address'
import { INVENTORY_PAGE_SIZE, parseInventoryUrl } from './inventory-url'

const query: fc.Arbitrary<InventoryQuery> = fc.record({
  text: fc.string({ maxLength: 100 }).map((text) => text.trim()),
  connectionIds: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  states: fc.uniqueArray(fc.constantFrom(...KEY_STATES)),
  types: fc.uniqueArray(fc.constantFrom(...KEY_TYPES)),
  origins: fc.uniqueArray(fc.constantFrom(...KEY_ORIGINS)),
  expiresWithinDays: fc.constantFrom(null, ...EXPIRES_WITHIN_DAYS),
  sort: fc.constantFrom(...INVENTORY_SORTS),
  descending: fc.boolean(),
  page: fc.integer({ min: 1, max: 100_000 }),
  pageSize: fc.constant(INVENTORY_PAGE_SIZE),
})

/** As it comes back from an address bar. */
const throughTheAddress = (params: Record<string, string>) =>
  Object.fromEntries(new URLSearchParams(new URLSearchParams(params).toString()))

describe('the inventory’s address', () => {
  it('leads back to the very same view, whatever the view', () => {
    fc.assert(
      fc.property(query, (view) => {
        expect(parseInventoryUrl(throughTheAddress(inventoryUrl(view)))).toEqual(view)
      }),
    )
  })

  it('is empty for the default view', () => {
    expect(inventoryUrl(parseInventoryUrl({}))).toEqual({})
    expect(isFiltered(parseInventoryUrl({}))).toBe(false)
  })

  it('reads as words', () => {
    const view = { ...parseInventoryUrl({}), states: ['active' as const, 'suspended' as const], descending: true }
    expect(new URLSearchParams(inventoryUrl(view)).toString()).toBe('state=active+suspended&sort=-name')
  })

  it('takes what it does not know as the default', () => {
    const nonsense = { q: ['a', 'b'], state: 'asleep', type: 'DSA', expires: '31', sort: '-colour', page: '-4', x: '1' }
    expect(inventoryUrl(parseInventoryUrl(nonsense))).toEqual({ q: 'a' })
  })

  it('never throws, whatever somebody types into it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))), (params) => {
        const view = parseInventoryUrl(params)
        expect(parseInventoryUrl(inventoryUrl(view))).toEqual(view)
      }),
    )
  })

  it('drops the filters and keeps the order', () => {
    const view = parseInventoryUrl({ q: 'payroll', state: 'active', expires: '30', sort: 'expires', page: '3' })
    expect(isFiltered(view)).toBe(true)
    expect(inventoryUrl(withoutFilters(view))).toEqual({ sort: 'expires' })
  })
})
