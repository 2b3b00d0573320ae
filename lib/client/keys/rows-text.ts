import type { InventoryRow } from '@/lib/domain/keys/views'

/** What a line of the table shows. */
export type ListedKey = Omit<InventoryRow, 'id' | 'environment'>

/** The rows of a page as they cross to the browser's code: one text instead of a thousand values that are visited one by one. */
export type RowsText = string

const pack = (row: ListedKey) =>
  [
    row.connectionId,
    row.vaultName,
    row.name,
    row.kty,
    row.sizeOrCurve,
    row.hsmPlatform,
    row.state,
    row.origin,
    row.expiresAt,
    row.updatedAt,
    row.compromised,
    row.isKek,
    row.underReview,
  ] as const

function unpack(packed: ReturnType<typeof pack>): ListedKey {
  return {
    connectionId: packed[0],
    vaultName: packed[1],
    name: packed[2],
    kty: packed[3],
    sizeOrCurve: packed[4],
    hsmPlatform: packed[5],
    state: packed[6],
    origin: packed[7],
    expiresAt: packed[8],
    updatedAt: packed[9],
    compromised: packed[10],
    isKek: packed[11],
    underReview: packed[12],
  }
}

/** Values in a fixed order: what they are called is known on both sides. */
export function rowsToText(rows: readonly ListedKey[]): RowsText {
  return JSON.stringify(rows.map(pack))
}

export function rowsFromText(text: RowsText): ListedKey[] {
  const packed = JSON.parse(text) as ReturnType<typeof pack>[] // by rowsToText, of the server that rendered this very page
  return packed.map(unpack)
}
