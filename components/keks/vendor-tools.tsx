import { TextLink } from '../ui/text-link'

/** Microsoft's page holds the list with each vendor's instructions, kept up to date by them. */
const BYOK_PAGE = 'https://learn.microsoft.com/azure/key-vault/keys/hsm-protected-keys-byok'

/** Vendors' tools that write transfer blobs, with what to know of each. */
const VENDORS: readonly { name: string; note?: string }[] = [
  { name: 'Cryptomathic' },
  { name: 'Entrust nShield', note: 'not the “security world” format from before 2021' },
  { name: 'Entrust KeyControl', note: 'makes blobs under RSA-2048 KEKs' },
  { name: 'Fortanix DSM' },
  { name: 'Futurex CryptoHub, KMES Series 3' },
  { name: 'IBM 476x, CryptoExpress', note: 'through UKO or EKMF' },
  { name: 'Marvell LiquidSecurity', note: 'firmware 2.0.4 or 3.2 and newer' },
  { name: 'Securosys Primus' },
  { name: 'StorMagic SvKMS' },
  { name: 'Thales Luna 7', note: 'firmware 7.3 and newer; 7.4.0 for RSA-4096' },
  { name: 'Utimaco' },
  { name: 'Yubico YubiHSM 2' },
]

export function VendorTools() {
  return (
    <>
      <p className="max-w-prose">
        Each vendor has a tool of its own that writes the <code className="font-mono">.byok</code> file. Their
        instructions: <TextLink href={BYOK_PAGE}>Microsoft’s list of BYOK tools</TextLink>
        <span className="hidden print:inline"> ({BYOK_PAGE})</span>.
      </p>
      <ul className="grid gap-x-8 gap-y-1 text-sm sm:grid-cols-2 print:grid-cols-2">
        {VENDORS.map(({ name, note }) => (
          <li key={name}>
            <TextLink href={BYOK_PAGE} quiet>
              {name}
            </TextLink>
            {note ? <span className="text-text-muted">: {note}</span> : null}
          </li>
        ))}
      </ul>
    </>
  )
}
