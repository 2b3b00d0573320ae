import { useEffect, useRef } from 'react'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { chosenKey, type KeyFileState } from '@/lib/client/import/key-file'
import { nameOfShape } from '@/lib/client/import/key-shape'
import { leftOutWords } from '@/lib/client/import/left-out-words'
import type { KeyFacts } from '@/lib/client/key-worker/key-facts'
import { RadioGroup } from '../ui/choice-group'
import { Section } from '../ui/section'
import { ClearKeyOffer } from './clear-key-offer'
import { FoundKeyFacts } from './found-key-facts'
import type { StepProps } from './import-wizard'
import { SealOffer } from './seal-offer'

type Found = Extract<KeyFileState, { step: 'found' }>

/** What was found in a key file; of several keys one is chosen; then it can be sealed. */
export function FoundKeys({ wizard, file, errorOf }: StepProps & { file: Found }) {
  const chosen = chosenKey(file)
  const box = useRef<HTMLDivElement>(null)
  // The passphrase's field, where the officer was, is gone: they go on here.
  useEffect(() => box.current?.focus({ preventScroll: true }), [])
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Section id="found-title" title={file.keys.length === 1 ? 'Found in the file' : `${file.keys.length} keys found`}>
        <div role="status" className="sr-only">
          {file.keys.map(nameOfShape).join(', ')}
        </div>
        {file.leftOut > 0 ? <p className="text-sm text-text-muted">{leftOutWords(file.leftOut)}</p> : null}
        {file.keys.length > 1 ? (
          <RadioGroup
            id={FIELD_IDS.foundKey}
            legend="Which of them is to cross"
            name="found-key"
            error={errorOf(FIELD_IDS.foundKey)}
            value={file.chosen === null ? '' : String(file.chosen)}
            onChange={(event) => wizard.dispatch({ type: 'key-chosen', key: Number(event.target.value) })}
            options={file.keys.map((key, index) => ({
              value: String(index),
              label: [nameOfShape(key), key.name].filter(Boolean).join(', '),
              hint: <span className="break-all font-mono">{comparableOf(key)}</span>,
            }))}
          />
        ) : null}
        {chosen ? (
          <>
            <FoundKeyFacts facts={chosen} format={file.format} />
            {wizard.state.answers.overTls ? (
              <ClearKeyOffer wizard={wizard} error={errorOf(FIELD_IDS.serverSeesKey)} />
            ) : (
              <SealOffer wizard={wizard} file={file} error={errorOf(FIELD_IDS.seal)} />
            )}
          </>
        ) : null}
      </Section>
    </div>
  )
}

/** What tells the keys of one file apart on paper. */
function comparableOf({ spkiSha256, kcv }: KeyFacts): string {
  return spkiSha256 ?? (kcv ? `Check value ${kcv.ecb}` : '')
}
