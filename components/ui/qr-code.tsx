import { encode } from 'uqr'

type QrCodeProps = { data: string /** What it holds, for those who can't see it. */; label: string; className?: string }

const border = 4

/** A QR code as one SVG path, black on white in either theme, with the quiet zone that readers need. */
export function QrCode({ data, label, className = 'size-48' }: QrCodeProps) {
  const code = encode(data, { ecc: 'M', border })
  const path = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      viewBox={`0 0 ${code.size} ${code.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={code.size} height={code.size} className="fill-paperwhite" />
      <path d={path} className="fill-ink" />
    </svg>
  )
}
