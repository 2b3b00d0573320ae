/** A title with the number that waits in front: `(2) Keys`. None waiting, none in front. */
export function withCount(title: string, count: number): string {
  const bare = title.replace(/^\(\d+\) /, '')
  return count > 0 && bare ? `(${count}) ${bare}` : bare
}
