import type { Place } from './types'

const looks = {
  local: { strip: 'bg-place-local', word: 'Local', note: 'this machine only' },
  test: { strip: 'bg-place-test', word: 'Test', note: 'not for real keys' },
  production: { strip: 'bg-place-production', word: 'Production', note: 'real keys' },
} satisfies Record<Place, { strip: string; word: string; note: string }>

/** A strip over the whole width with the word: which installation this is, seen at a glance. */
export function PlaceMark({ place }: { place: Place }) {
  const { strip, word, note } = looks[place]
  return (
    <aside
      aria-label="Environment"
      className={`sticky top-0 z-30 flex h-6 shrink-0 items-center justify-center gap-2 text-xs print:hidden ${strip} text-place-on`}
    >
      <strong className="font-semibold">{word}</strong>
      <span>{note}</span>
    </aside>
  )
}
