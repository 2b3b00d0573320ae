import clsx from 'clsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'medium' | 'small'

const variants = {
  primary: 'border-accent bg-accent text-accent-on hover:border-accent-strong hover:bg-accent-strong',
  secondary: 'border-line-strong bg-surface text-text hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-accent hover:bg-accent-soft',
  danger: 'border-danger-fill bg-danger-fill text-danger-on hover:border-danger-strong hover:bg-danger-strong',
} satisfies Record<ButtonVariant, string>

const sizes = {
  medium: 'min-h-9 px-3.5 text-sm',
  small: 'min-h-7 px-2.5 text-table',
} satisfies Record<ButtonSize, string>

const base =
  'inline-flex items-center justify-center gap-2 rounded border py-1 font-medium no-underline transition-colors whitespace-nowrap'

/** The look shared by a button and a link that stands where a button would. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize, blocked = false) {
  const look = blocked ? 'cursor-not-allowed border-line bg-sunken text-text-muted' : variants[variant]
  return clsx(base, sizes[size], look)
}

/** The look shared by everything one types into. */
export const inputClass =
  'block w-full min-h-9 rounded border border-line-strong bg-surface px-3 py-1.5 text-sm text-text ' +
  'aria-invalid:border-danger aria-invalid:outline aria-invalid:outline-1 aria-invalid:outline-danger ' +
  '[&[readonly]]:bg-sunken disabled:cursor-not-allowed disabled:bg-sunken disabled:text-text-muted'
