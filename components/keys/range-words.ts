/** "51 to 100 of 1,204 keys", or "3 keys" when that is all. */
export function rangeWords(
  { page, pageCount, total }: { page: number; pageCount: number; total: number },
  pageSize: number,
  one: string,
  many: string,
): string {
  const count = `${total.toLocaleString('en')} ${total === 1 ? one : many}`
  if (pageCount <= 1) return count
  const first = (page - 1) * pageSize + 1
  return `${first.toLocaleString('en')} to ${Math.min(total, page * pageSize).toLocaleString('en')} of ${count}`
}
