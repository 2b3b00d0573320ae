import { encode } from 'uqr'
import { QrDrawing } from './qr-drawing'

type QrCodeProps = { data: string /** What it holds, for those who can't see it. */; label: string; className?: string }

const border = 4

/** A QR code as one SVG path, black on white in either theme, with the quiet zone that readers need. */
export function QrCode({ data, label, className = 'size-48' }: QrCodeProps) {
  const code = encode(data, { ecc: 'M', border })
  const path = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return <QrDrawing size={code.size} path={path} label={label} className={className} />
}
