/** The navigation entry that a path belongs to: the longest whose address the path starts with. */
export function currentItem(pathname: string, hrefs: readonly string[]): string | undefined {
  const under = hrefs.filter((href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)))
  return under.sort((a, b) => b.length - a.length)[0]
}
