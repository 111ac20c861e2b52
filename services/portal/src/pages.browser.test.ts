import { startBrowser } from '@bina/testkit/browser'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claims, createTestPortal, pathOf } from './test-portal.ts'

// A phone as small as they come, and the width of the mail.
const widths = [360, 600] as const
const schemes = ['light', 'dark'] as const
const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

describe.each(widths.flatMap((width) => schemes.map((scheme) => ({ width, scheme }))))(
  'at $width px, $scheme',
  (shown) => {
    const portal = createTestPortal()
    let browser: Browser
    let page: Page
    let address: string
    const complaints: string[] = []

    beforeAll(async () => {
      address = await portal.app.listen({ host: '127.0.0.1', port: 0 })
      browser = await startBrowser()
      page = await browser.newPage({ viewport: { width: shown.width, height: 740 }, colorScheme: shown.scheme })
      page.on('console', (message) => complaints.push(message.text()))
      page.on('request', (request) => {
        if (!request.url().startsWith(address) && !request.url().startsWith('data:')) complaints.push(request.url())
      })
    })
    afterAll(async () => {
      await browser?.close()
      await portal.app.close()
    })

    const findings = async () => {
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate((only) => Reflect.get(globalThis, 'axe').run({ runOnly: only }), rules)
      return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`)
    }
    const isWhole = async () => {
      const [wide, seen] = (await page.evaluate('[document.documentElement.scrollWidth, window.innerWidth]')) as [
        number,
        number,
      ]
      expect(wide, 'nothing is cut off at the side').toBeLessThanOrEqual(seen)
      expect(
        await page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth"),
        'the style is let in',
      ).toBe('600px')
    }

    it.each(Object.values(claims))(
      'a page and its thanks can be read and used by everybody: $purpose',
      async (claim) => {
        for (const locale of ['id', 'en'] as const) {
          await page.goto(address + pathOf({ ...claim, locale }))
          await isWhole()
          expect(await findings()).toEqual([])
          const { height } = (await page.locator('button').boundingBox()) ?? { height: 0 }
          expect(height).toBeGreaterThanOrEqual(48)
          if (claim.purpose === 'object') await page.getByRole('radio').nth(2).check()
          await page.getByRole('button').click()
          await isWhole()
          expect(await findings()).toEqual([])
          expect(await page.locator('form').count()).toBe(0)
        }
      },
    )

    it('what went wrong is said first, has the focus, and leads to what is to be mended', async () => {
      await page.goto(address + pathOf(claims.object))
      await page.evaluate("document.querySelector('form').noValidate = true")
      await page.getByRole('button').click()
      expect(await findings()).toEqual([])
      expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert')
      expect(await page.title()).toMatch(/^Ada yang belum dipilih/)
      await page.getByRole('alert').getByRole('link').click()
      expect(await page.evaluate('document.activeElement.name')).toBe('measure')
    })

    it('a page of a link that is not good is one like all others', async () => {
      for (const path of ['/', '/agree/abc', '/nowhere', pathOf(claims.agree).replace('/agree/', '/held/')]) {
        await page.goto(address + path)
        await isWhole()
        expect(await findings()).toEqual([])
      }
    })

    it('nothing is loaded from anywhere, and the page policy had nothing to refuse', () => {
      const expected = /^Failed to load resource: the server responded with a status of 4\d\d/
      expect(complaints.filter((text) => !expected.test(text))).toEqual([])
    })
  },
)
