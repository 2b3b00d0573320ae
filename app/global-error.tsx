'use client'

import { FailurePage, type FailureProps } from '@/components/layout/failure-page'
import './globals.css'

/** Stands in for the root layout when that itself failed, so it brings its own document. */
export default function GlobalError(props: FailureProps) {
  return (
    <html lang="en" data-theme="system">
      <body className="min-h-dvh font-sans antialiased">
        <title>Something went wrong · Drawbridge</title>
        <FailurePage {...props} />
      </body>
    </html>
  )
}
