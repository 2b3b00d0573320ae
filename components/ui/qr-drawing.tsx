'use client'

type QrDrawingProps = { size: number; path: string; label: string; className: string }

/** The drawing alone: drawn whole, as README.md says of every SVG. */
export function QrDrawing({ size, path, label, className }: QrDrawingProps) {
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={size} height={size} className="fill-paperwhite" />
      <path d={path} className="fill-ink" />
    </svg>
  )
}
