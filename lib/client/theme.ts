/** The choice of theme, kept in a cookie so that the server renders the right one without a flash. */
export const themes = ['light', 'dark', 'system'] as const

export type Theme = (typeof themes)[number]

/** Over https only this very host can have set it, as of every cookie here. */
export function themeCookie(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-drawbridge-theme' : 'drawbridge-theme'
}

/** Reads a cookie's value; anything unknown is the system's wish. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}

const year = 31_536_000

/** Applies a theme to the open page and keeps it for a year. */
export function chooseTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where Drawbridge runs over plain http
  document.cookie = themeSetting(theme, location.origin)
}

/** What `document.cookie` is given: nothing secret, so scripts may read it. */
export function themeSetting(theme: Theme, origin: string): string {
  const secure = origin.startsWith('https:') ? '; secure' : ''
  return `${themeCookie(origin)}=${theme}; path=/; max-age=${year}; samesite=lax${secure}`
}
