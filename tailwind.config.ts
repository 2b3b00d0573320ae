import type { Config } from 'tailwindcss'

const token = (name: string) => `var(--${name})`

/** A status has a text colour that passes 4.5:1 on every surface, a soft ground for it, and a line. */
const status = (name: string) => ({
  DEFAULT: token(name),
  soft: token(`${name}-soft`),
  line: token(`${name}-line`),
})

/**
 * The design tokens. Values live in app/globals.css, once per theme; components use these names only.
 * `theme.colors` is replaced, not extended, so that no raw palette colour exists to be used.
 */
export default {
  content: [],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      inherit: 'inherit',
      paper: token('paper'),
      surface: token('surface'),
      sunken: token('sunken'),
      raised: token('raised'),
      backdrop: token('backdrop'),
      line: { DEFAULT: token('line'), strong: token('line-strong') },
      text: { DEFAULT: token('text'), muted: token('text-muted') },
      accent: {
        DEFAULT: token('accent'),
        strong: token('accent-strong'),
        soft: token('accent-soft'),
        line: token('accent-line'),
        on: token('accent-on'),
      },
      good: status('good'),
      attention: status('attention'),
      danger: {
        ...status('danger'),
        fill: token('danger-fill'),
        strong: token('danger-strong'),
        on: token('danger-on'),
      },
      information: status('information'),
      place: {
        local: token('place-local'),
        test: token('place-test'),
        production: token('place-production'),
        on: token('place-on'),
      },
      ink: 'var(--code-ink)',
      paperwhite: 'var(--code-ground)',
    },
    fontFamily: {
      sans: ['Inter Variable', 'system-ui', 'sans-serif'],
      mono: ['JetBrains Mono Variable', 'ui-monospace', 'monospace'],
    },
    fontSize: {
      xs: ['0.75rem', { lineHeight: '1rem' }],
      table: ['0.8125rem', { lineHeight: '1.25rem' }],
      sm: ['0.875rem', { lineHeight: '1.25rem' }],
      base: ['0.9375rem', { lineHeight: '1.5rem' }],
      lg: ['1.125rem', { lineHeight: '1.5rem' }],
      xl: ['1.375rem', { lineHeight: '1.75rem' }],
      '2xl': ['1.75rem', { lineHeight: '2.25rem' }],
    },
    borderRadius: { none: '0', sm: '3px', DEFAULT: '6px', md: '6px', full: '9999px' },
    boxShadow: { none: 'none', float: 'var(--shadow-float)' },
    extend: {
      maxWidth: { document: '44rem', prose: '65ch' },
      transitionDuration: { DEFAULT: '120ms' },
    },
  },
} satisfies Config
