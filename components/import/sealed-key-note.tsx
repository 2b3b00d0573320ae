import { useEffect, useRef } from 'react'
import type { SealedKey } from '@/lib/client/import/key-file'
import { nameOfShape } from '@/lib/client/import/key-shape'
import { Banner } from '../ui/banner'
import { FoundKeyFacts } from './found-key-facts'

/** The key is sealed; its worker has ended. What stays of it are public facts. */
export function SealedKeyNote({ sealed }: { sealed: SealedKey }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus({ preventScroll: true }), [])
  return (
    <section ref={box} tabIndex={-1} aria-labelledby="sealed-title" className="flex flex-col gap-4 outline-none">
      <div role="status">
        <Banner tone="good" title={`The ${nameOfShape(sealed.key)} key of ${sealed.keyFile} is sealed under the KEK.`}>
          Its worker has ended, and the key with it. From here on there is only the transfer blob below. It is a
          software key, sealed in the browser, and the record says so: it does not come from an HSM.
        </Banner>
      </div>
      <h2 id="sealed-title" className="font-semibold text-base">
        The key that was sealed
      </h2>
      <FoundKeyFacts facts={sealed.key} format={sealed.format} />
    </section>
  )
}
