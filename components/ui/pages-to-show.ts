/** The page numbers worth a link: first, last, and those around this one. A negative number stands for a gap. */
export function pagesToShow(page: number, pageCount: number): number[] {
  const near = new Set([1, page - 1, page, page + 1, pageCount].filter((n) => n >= 1 && n <= pageCount))
  const numbers = [...near].sort((a, b) => a - b)
  return numbers.flatMap((n, index) => {
    const before = numbers[index - 1]
    if (before === undefined || n - before === 1) return [n]
    return n - before === 2 ? [n - 1, n] : [-n, n]
  })
}
