import { IMPORT_ORIGIN_WORDS, type ImportOrigin } from '@/lib/domain/imports/origin'

/** How a key came, and by whose word that is known. */
export function ImportOriginWords({ origin }: { origin: ImportOrigin }) {
  const { title, sentence } = IMPORT_ORIGIN_WORDS[origin]
  return (
    <>
      {title}
      <span className="block text-text-muted">{sentence}</span>
    </>
  )
}
