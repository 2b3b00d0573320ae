/** The choice of theme, kept in a cookie so that the server renders the right one without a flash. */
export const themes = ['light', 'dark', 'system'] as const

export type Theme = (typeof themes)[number]

export const themeCookie = 'drawbridge-theme'

/** Reads a cookie's value; anything unknown is the system's wish. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}

const year = 31_536_000

/** Applies a theme to the open page and keeps it for a year. */
export function chooseTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where Drawbridge runs over plain http
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${year}; samesite=lax`
}
