import { CopyButton } from './copy-button'

type CodeBlockProps = {
  code: string
  /** What it is, as in "Copy the command". */
  label: string
  /** Shows a `$` before each line that can't be selected and is not copied. */
  shell?: boolean
}

/** Code or a command to copy, exactly as it will be pasted. */
export function CodeBlock({ code, label, shell = false }: CodeBlockProps) {
  const starts = new Set(shell ? commandStarts(code) : [])
  return (
    <div className="flex items-start gap-2 rounded border bg-sunken print:border-line-strong">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-w-0 flex-1 overflow-x-auto px-3 py-2 font-mono text-table print:whitespace-pre-wrap print:break-all"
      >
        {code.split('\n').map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one fixed text
          <code key={index} className="block min-h-5">
            {starts.has(index) ? (
              <span aria-hidden="true" className="select-none text-text-muted">
                ${' '}
              </span>
            ) : null}
            {line}
          </code>
        ))}
      </pre>
      <div className="p-1.5">
        <CopyButton value={code} label={label} />
      </div>
    </div>
  )
}

/** A line starts a command unless the one before it ends with a backslash, is empty, or it is a comment. */
function commandStarts(code: string): number[] {
  const lines = code.split('\n')
  return lines.flatMap((line, index) => {
    const continues = lines[index - 1]?.endsWith('\\') ?? false
    return continues || line.trim() === '' || line.startsWith('#') ? [] : [index]
  })
}
