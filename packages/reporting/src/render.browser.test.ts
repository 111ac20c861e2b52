import { startBrowser } from '@bina/testkit/browser'
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goldenInputs } from '../fixtures/golden-inputs.ts'
import { renderHtml } from './render-html.tsx'
import { reportViewModel } from './report-view-model.ts'
import { rollUps } from './roll-up/test-roll-ups.ts'
import { testActionLibrary } from './test-action-library.ts'

const units = Object.entries(goldenInputs).map(
  ([name, input]) => [name, reportViewModel(input, testActionLibrary)] as const,
)
const reports = { ...Object.fromEntries(units), ...rollUps }

// A phone as small as they come, and the width of the mail.
const widths = [360, 600] as const
const schemes = ['light', 'dark'] as const
const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.each(widths.flatMap((width) => schemes.map((scheme) => ({ width, scheme }))))(
  'a report at $width px, $scheme',
  ({ width, scheme }) => {
    let browser: Browser
    beforeAll(async () => {
      browser = await startBrowser()
    })
    afterAll(async () => {
      await browser?.close()
    })

    it.each(Object.entries(reports))('can be read by everybody, and asks for nothing: %s', async (_, view) => {
      const page = await browser.newPage({ viewport: { width, height: 740 }, colorScheme: scheme })
      const asked: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) asked.push(request.url())
      })
      await page.setContent(renderHtml(view, () => pixel))
      expect(await page.evaluate('document.documentElement.scrollWidth'), 'nothing is cut off at the side').toBe(width)
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate((only) => Reflect.get(globalThis, 'axe').run({ runOnly: only }), rules)
      expect(
        violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`),
      ).toEqual([])
      for (const link of await page.locator('a.button').all()) {
        const { height } = (await link.boundingBox()) ?? { height: 0 }
        expect(height, 'a thumb can hit it').toBeGreaterThanOrEqual(44)
      }
      expect(asked).toEqual([])
      await page.close()
    })
  },
)
