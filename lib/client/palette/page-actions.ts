import type { Command } from './command'

/**
 * What the open page offers: the links and buttons within the elements that carry `data-page-actions`, read from it as the palette opens. The palette presses the page's own control, so that
 * a command can never do anything else, or more, than its button: dialogs, reasons and permissions are the button's.
 */
export function readPageActions(root: ParentNode): Command[] {
  const controls = root.querySelectorAll<HTMLElement>('main [data-page-actions] :is(a[href], button)')
  return unique([...controls].filter((control) => control.checkVisibility()).map(toCommand))
}

/** The page's breadcrumbs, the nearest first. */
export function readWaysUp(root: ParentNode): Command[] {
  const links = root.querySelectorAll<HTMLAnchorElement>('main nav[aria-label="Breadcrumbs"] a[href]')
  return [...links]
    .reverse()
    .map((link, index) => ({ id: `up-${index}`, group: 'up', label: wordsOf(link), run: () => link.click() }))
}

function toCommand(control: HTMLElement, index: number): Command {
  const closed = control.getAttribute('aria-disabled') === 'true'
  const reason = closed ? (reasonOf(control) ?? 'Not now.') : undefined
  const command = { id: `page-${index}`, group: 'page', label: wordsOf(control), hint: reason, closed } as const
  return { ...command, run: () => press(control) }
}

function press(control: HTMLElement) {
  control.focus()
  control.click()
}

const wordsOf = (element: HTMLElement) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim()

/** Why it is closed: the tooltip that follows it. */
function reasonOf(control: HTMLElement): string | undefined {
  const bubble = control.nextElementSibling
  return bubble?.getAttribute('role') === 'tooltip' ? (bubble.textContent ?? undefined) : undefined
}

function unique(commands: readonly Command[]): Command[] {
  return commands.filter(
    (command, index) => command.label && commands.findIndex(({ label }) => label === command.label) === index,
  )
}
