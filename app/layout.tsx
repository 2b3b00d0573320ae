import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { preload } from 'react-dom'
import { parseTheme, themeCookie } from '@/lib/client/theme'
import { env } from '@/lib/server/env'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Drawbridge', template: '%s · Drawbridge' },
  description: 'Keys cross into the vault, and nothing crosses until two people agree.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Asked for with the page itself: a font that comes later moves what is written already. */
const TEXT_FONT = new URL('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', import.meta.url).pathname

export default async function RootLayout({ children }: { children: ReactNode }) {
  preload(TEXT_FONT, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
  // Every page is rendered per request: its scripts carry that response's nonce.
  await connection()
  const theme = parseTheme((await cookies()).get(themeCookie(env().publicUrl))?.value)
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body className="min-h-dvh font-sans antialiased">{children}</body>
    </html>
  )
}
