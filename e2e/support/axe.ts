import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The rules that colours decide; nothing else of a page depends on its theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
const THEMES = ['light', 'dark'] as const

/**
 * Runs axe over the page as it stands, in both themes; a finding is printed with its rule and nodes and fails the test
 * at its end, so that one run tells of every page. The theme is the system's, which a new context follows.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // One document, no frames: legacy mode spares a blank page for each run.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (colorScheme === 'light' ? axe.withTags(TAGS) : axe.withRules(COLOUR_RULES)).analyze()
    const findings = violations.map(({ id, help, nodes }) => ({
      rule: `${id}: ${help}`,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 300)} ${failureSummary ?? ''}`),
    }))
    expect.soft(findings, `axe on ${what}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
}
