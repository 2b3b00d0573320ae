import type { KeyDetail } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { CodeBlock } from '../ui/code-block'
import { DescriptionList } from '../ui/description-list'
import { Disclosure } from '../ui/disclosure'
import { Fingerprint } from '../ui/fingerprint'
import { TextLink } from '../ui/text-link'
import { SaveButton } from './save-button'
import { isWithheld } from './version-words'

type PublicKeyProps = { name: string; selected: KeyDetail['selected'] }

/** The public half and its thumbprints, unless the version is under review: then nothing of it may be read here. */
export function PublicKey({ name, selected }: PublicKeyProps) {
  if (isWithheld(selected)) return <Withheld selected={selected} />
  if (selected.kty?.startsWith('oct')) {
    return <p className="text-sm text-text-muted">A symmetric key has no public half.</p>
  }
  if (!selected.publicKeyPem) {
    return (
      <p className="text-sm text-text-muted">
        Not recorded. It is read from the vault the next time this key can be read.
      </p>
    )
  }
  const file = `${name}-${selected.version.slice(0, 8)}`
  const jwk = selected.publicJwk ? JSON.stringify(selected.publicJwk, null, 2) : null
  return (
    <div className="flex flex-col gap-4">
      <DescriptionList
        items={[
          {
            term: 'SPKI SHA-256',
            detail: selected.spkiSha256 ? (
              <Fingerprint value={selected.spkiSha256} label="Copy SPKI SHA-256" />
            ) : (
              'not recorded'
            ),
          },
          {
            term: 'RFC 7638 thumbprint',
            detail: selected.jwkThumbprint ? (
              <Fingerprint value={selected.jwkThumbprint} label="Copy RFC 7638 thumbprint" />
            ) : (
              'not recorded'
            ),
          },
        ]}
      />
      <Disclosure summary="PEM">
        <div className="flex flex-col items-start gap-2 [&>:first-child]:w-full">
          <CodeBlock code={selected.publicKeyPem.trimEnd()} label="Copy public key as PEM" />
          <SaveButton fileName={`${file}.publickey.pem`} text={selected.publicKeyPem} type="application/x-pem-file">
            Download PEM
          </SaveButton>
        </div>
      </Disclosure>
      {jwk ? (
        <Disclosure summary="JWK">
          <div className="flex flex-col items-start gap-2 [&>:first-child]:w-full">
            <CodeBlock code={jwk} label="Copy public key as JWK" />
            <SaveButton fileName={`${file}.jwk.json`} text={jwk} type="application/jwk+json">
              Download JWK
            </SaveButton>
          </div>
        </Disclosure>
      ) : null}
    </div>
  )
}

function Withheld({ selected }: { selected: KeyDetail['selected'] }) {
  return (
    <Banner tone="information" title="Public key and thumbprints are shown after the review">
      Whoever reviews this import compares it blind: the value comes from the ceremony record, never from this screen.
      {selected.import ? (
        <>
          {' '}
          <TextLink href={routes.review(selected.import.id)}>Open the review</TextLink>
        </>
      ) : null}
    </Banner>
  )
}
