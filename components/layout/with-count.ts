/** A title with the number that waits in front: `(2) Keys`. Only the word that marks an error comes before it. */
export function withCount(title: string, count: number): string {
  const [, error = '', bare = ''] = /^(Error: )?(?:\(\d+\) )?(.*)$/s.exec(title) ?? []
  return count > 0 && bare ? `${error}(${count}) ${bare}` : error + bare
}
