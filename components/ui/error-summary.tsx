'use client'

import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useRef } from 'react'
import { Icon } from './icon'
import { toneBox } from './tone'

export type SummaryError = { message: string; fieldId?: string }

type ErrorSummaryProps = { errors: readonly SummaryError[]; title?: string }

const mark = 'Error: '

function focusField(fieldId: string) {
  const field = document.getElementById(fieldId)
  field?.focus({ preventScroll: true })
  field?.scrollIntoView({ block: 'center' })
}

/**
 * All that is wrong with a form, above it. Takes the focus whenever the list changes and marks the page's title.
 * Renders nothing for an empty list.
 */
export function ErrorSummary({ errors, title = 'There is a problem' }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  const signature = errors.map((error) => error.message).join('\n')

  useEffect(() => {
    if (!signature) return
    box.current?.focus()
    if (!document.title.includes(mark)) document.title = mark + document.title
    return () => {
      document.title = document.title.replace(mark, '')
    }
  }, [signature])

  if (errors.length === 0) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className={`rounded border p-4 ${toneBox.danger}`}>
      <h2 className="flex items-center gap-2 font-semibold text-danger">
        <Icon icon={CircleAlert} />
        {title}
      </h2>
      <ul className="wrap-anywhere mt-2 flex flex-col gap-1 pl-6 text-sm">
        {errors.map(({ message, fieldId }) => (
          <li key={`${fieldId ?? ''}${message}`} className="list-disc marker:text-danger">
            {fieldId ? (
              <a
                href={`#${fieldId}`}
                className="rounded-sm font-medium text-danger underline underline-offset-2"
                onClick={(event) => {
                  event.preventDefault()
                  focusField(fieldId)
                }}
              >
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
