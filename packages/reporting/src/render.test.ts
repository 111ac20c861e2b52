import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryInput } from '../fixtures/arbitrary-input.ts'
import { fullUnit, goldenInputs } from '../fixtures/golden-inputs.ts'
import { renderHtml } from './render-html.tsx'
import { renderText } from './render-text.ts'
import type { ReportInput } from './report-input.ts'
import { reportViewModel } from './report-view-model.ts'
import { lintWording } from './wording-lint.ts'

const HTML_LIMIT_BYTES = 100_000
const namesOf = ({ unit, casesDue, casesOverdue }: ReportInput) => [
  unit.name,
  ...[...casesDue, ...casesOverdue].map((c) => c.complaintId),
]

/** What a reader of the HTML sees, its title and preheader too. */
function wordsOfHtml(html: string): string {
  const text = html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, ' ')
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}

describe.each(Object.entries(goldenInputs))('the report "%s"', (name, input) => {
  const view = reportViewModel(input)

  test('is the golden HTML', async () => {
    await expect(renderHtml(view).replaceAll('><', '>\n<')).toMatchFileSnapshot(`../fixtures/${name}.html`)
  })

  test('is the golden text', async () => {
    await expect(`Subject: ${view.subject}\n\n${renderText(view)}`).toMatchFileSnapshot(`../fixtures/${name}.txt`)
  })

  test('keeps to the wording rules', () => {
    expect(lintWording(renderText(view), view.locale, { names: namesOf(input) })).toEqual([])
  })
})

describe('whatever a unit did', () => {
  test('its report ranks nobody, judges nobody, threatens nobody, and gives no percentage of few', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const view = reportViewModel(input)
        const names = namesOf(input)
        expect(lintWording(renderText(view), view.locale, { names })).toEqual([])
        expect(lintWording(wordsOfHtml(renderHtml(view)), view.locale, { names })).toEqual([])
        expect(lintWording(view.subject, view.locale, { names })).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('HTML and text say the same', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const view = reportViewModel(input)
        const squeeze = (text: string) => text.replace(/\s+/g, '')
        const html = squeeze(wordsOfHtml(renderHtml(view)))
        const text = squeeze(renderText(view))
        const said = view.sections.flatMap(({ heading, blocks }) => [
          heading,
          ...blocks.flatMap((block) => ('text' in block ? [block.text] : [])),
          ...blocks.flatMap((block) =>
            block.kind === 'table'
              ? block.rows.flat().map((cell) => (typeof cell === 'string' ? cell : cell.text))
              : [],
          ),
          ...blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.map((row) => row.text) : [])),
        ])
        for (const part of [view.greeting, view.opening, view.disclaimer, ...view.footer, ...said]) {
          expect(html).toContain(squeeze(part))
          expect(text).toContain(squeeze(part))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the text keeps to 72 columns, but for an id that is longer by itself', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        for (const line of renderText(reportViewModel(input)).split('\n')) {
          if (line.length > 72) expect(line.trim().split(' ').length).toBeLessThanOrEqual(2)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the HTML stays under what mail clients cut off', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        expect(new TextEncoder().encode(renderHtml(reportViewModel(input))).length).toBeLessThan(HTML_LIMIT_BYTES)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the HTML', () => {
  const html = renderHtml(reportViewModel(fullUnit))

  test('says its language and that it suits dark mode', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="id"/)
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>')
    expect(html).toContain('prefers-color-scheme:dark')
  })

  test('has one first heading, and tables whose headers have a scope', () => {
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html.match(/<h2/g)).toHaveLength(7)
    expect(html.match(/<th /g)?.length).toBe(html.match(/<th scope="(col|row)"/g)?.length)
    // A table is either one of figures, with row headers, or marked as layout.
    for (const table of html.split('<table').slice(1)) {
      expect(
        table.startsWith(' role="presentation"') || /^[^>]*>(<caption|<tbody><tr><th scope="row")/.test(table),
      ).toBe(true)
    }
  })

  test('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<(script|img|link|iframe|object|form|base)|url\(|@import|https?:/i)
  })

  test('escapes every value', () => {
    const attack = '</title><script>alert("1")</script>\'&'
    const attacked: ReportInput = {
      ...fullUnit,
      unit: { ...fullUnit.unit, name: attack, headRole: attack },
      casesDue: [{ complaintId: attack, dueAtMs: fullUnit.nextRunMs }],
      policyVersion: attack,
      contact: attack,
    }
    const shown = renderHtml(reportViewModel(attacked))
    expect(shown).not.toContain('<script')
    expect(shown.match(/<\/title>/g)).toHaveLength(1)
    expect(shown).toContain('&lt;script>')
  })
})
