import { type ImportOrigin, ORIGIN_WORDS } from '@/lib/domain/imports/origin'

/** How a key came, and by whose word that is known. */
export function ImportOriginWords({ origin }: { origin: ImportOrigin }) {
  const { title, sentence } = ORIGIN_WORDS[origin]
  return (
    <>
      {title}
      <span className="block text-text-muted">{sentence}</span>
    </>
  )
}
