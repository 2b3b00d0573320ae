import type { ReactNode } from 'react'
import { kekQrText } from '@/lib/client/import/kek-qr-text'
import type { KekDetail } from '@/lib/domain/keks/views'
import { CodeBlock } from '../ui/code-block'
import { DateTime } from '../ui/date-time'
import { Fingerprint } from '../ui/fingerprint'
import { KeyId } from '../ui/key-id'
import { QrCode } from '../ui/qr-code'
import { SecondPath } from './second-path'
import { SourceHsmChecklist } from './source-hsm-checklist'
import { VendorTools } from './vendor-tools'

type CreatedKek = KekDetail & { kid: string; spkiSha256: string; spkiBase64Url: string }

export function hasPublicKey(kek: KekDetail): kek is CreatedKek {
  return kek.kid !== null && kek.spkiSha256 !== null && kek.spkiBase64Url !== null
}

/** What goes with the KEK to the offline machine, on paper. */
export function TransferSheet({ kek }: { kek: CreatedKek }) {
  const file = `${kek.name}.publickey.pem`
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col items-start justify-between gap-x-8 gap-y-4 sm:flex-row print:flex-row">
        <div className="flex min-w-0 flex-1 flex-col gap-5">
          <Labelled label="Key identifier (kid), as it must stand in the transfer blob">
            <KeyId value={kek.kid} label="Copy key identifier" length={0} />
          </Labelled>
          <Labelled label="SHA-256 of the public key (SubjectPublicKeyInfo, DER)">
            <Fingerprint value={kek.spkiSha256} label="Copy SPKI SHA-256" large />
          </Labelled>
          <Labelled label="KEK">
            RSA-HSM, {kek.bits} bits, in {kek.vaultName}
            {kek.expiresAt ? (
              <>
                ; ends <DateTime value={kek.expiresAt} relative="none" />
              </>
            ) : (
              '; no expiry set'
            )}
          </Labelled>
        </div>
        <QrCode
          data={kekQrText(kek.kid, kek.spkiBase64Url)}
          label="QR code holding the key identifier and the public key of this KEK"
          className="size-60 shrink-0 print:size-56"
        />
      </div>
      <Part number={1} title="On the offline machine, check the file">
        <p className="max-w-prose">The first 64 characters it prints must be the fingerprint above, group by group.</p>
        <CodeBlock shell label="Copy the command" code={`openssl pkey -pubin -in ${file} -outform DER | sha256sum`} />
      </Part>
      <Part number={2} title="A second person fetches the KEK past Drawbridge">
        <SecondPath kek={kek} file={file} />
      </Part>
      <Part number={3} title="At the source HSM">
        <SourceHsmChecklist kid={kek.kid} />
      </Part>
      <Part number={4} title="Make the transfer blob">
        <VendorTools />
      </Part>
    </div>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm text-text-muted">{label}</span>
      <div>{children}</div>
    </div>
  )
}

function Part({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  const id = `part-${number}`
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 print:break-inside-avoid">
      <h2 id={id} className="font-semibold text-base">
        {number}. {title}
      </h2>
      {children}
    </section>
  )
}
