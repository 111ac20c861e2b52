import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryInput } from '../fixtures/arbitrary-input.ts'
import { fullUnit, goldenInputs } from '../fixtures/golden-inputs.ts'
import { renderHtml } from './render-html.tsx'
import { renderText } from './render-text.ts'
import type { ReportInput } from './report-input.ts'
import { reportViewModel } from './report-view-model.ts'
import { testActionLibrary } from './test-action-library.ts'
import { saidWords, wordsOfHtml } from './test-said-words.ts'
import type { Block, Cell } from './view-model.ts'
import { lintWording } from './wording-lint.ts'

const cellsOf = (block: Block): readonly Cell[] => {
  if (block.kind === 'table') return block.rows.flat()
  if (block.kind === 'chart') return block.table.rows.flat()
  return block.kind === 'list' ? block.items : []
}

const HTML_LIMIT_BYTES = 100_000
/** What comes from the directory, the complaint systems and the portal, and is shown as it is. */
const namesOf = ({ unit, casesDue, casesOverdue, links = {} }: ReportInput) => [
  unit.name,
  ...[...casesDue, ...casesOverdue].flatMap((c) => [c.complaintId, c.url ?? '']),
  ...[links.agree, links.object, links.held, links.unsubscribe, links.unsubscribeCopies].map((url) => url ?? ''),
  ...(links.done ?? []).map(({ url }) => url),
]

const viewOf = (input: ReportInput) => reportViewModel(input, testActionLibrary)
const imageOf = (id: string) => `cid:${id}@bina`
const lint = (input: ReportInput) => {
  const view = viewOf(input)
  return saidWords(view).flatMap((text) => lintWording(text, view.locale, { names: namesOf(input) }))
}

describe.each(Object.entries(goldenInputs))('the report "%s"', (name, input) => {
  const view = viewOf(input)

  test('is the golden HTML', async () => {
    await expect(renderHtml(view, imageOf).replaceAll('><', '>\n<')).toMatchFileSnapshot(`../fixtures/${name}.html`)
  })

  test('is the golden text', async () => {
    await expect(`Subject: ${view.subject}\n\n${renderText(view)}`).toMatchFileSnapshot(`../fixtures/${name}.txt`)
  })

  test('keeps to the wording rules', () => {
    expect(lint(input)).toEqual([])
  })
})

describe('whatever a unit did', () => {
  test('its report ranks nobody, judges nobody, threatens nobody, and gives no percentage of few', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        expect(lint(input)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('HTML and text say the same', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const view = viewOf(input)
        const squeeze = (text: string) => text.replace(/\s+/g, '')
        const html = squeeze(wordsOfHtml(renderHtml(view)))
        const text = squeeze(renderText(view))
        const said = view.sections.flatMap(({ heading, blocks }) => [
          heading,
          ...blocks.flatMap((block) => ('text' in block ? [block.text] : [])),
          ...blocks.flatMap(cellsOf).map((cell) => (typeof cell === 'string' ? cell : cell.text)),
          ...blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.map((row) => row.text) : [])),
        ])
        const notices = view.notices ?? []
        for (const part of [...notices, view.greeting, view.opening, view.disclaimer, ...view.footer, ...said]) {
          expect(html).toContain(squeeze(part))
          expect(text).toContain(squeeze(part))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the text keeps to 72 columns, but for an id or an address that is longer by itself', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        for (const line of renderText(viewOf(input)).split('\n')) {
          if (line.length > 72) expect(line.trim().split(' ').length).toBeLessThanOrEqual(2)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the HTML stays under what mail clients cut off', () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        expect(new TextEncoder().encode(renderHtml(viewOf(input))).length).toBeLessThan(HTML_LIMIT_BYTES)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the HTML', () => {
  const { links: _, trends: __, ...rest } = fullUnit
  const plain: ReportInput = {
    ...rest,
    trends: [],
    casesDue: fullUnit.casesDue.map(({ url: ___, ...c }) => c),
    casesOverdue: [],
  }
  const html = renderHtml(viewOf(plain))

  test('says its language and that it suits dark mode', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="id"/)
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>')
    expect(html).toContain('prefers-color-scheme:dark')
  })

  test('has one first heading, and tables whose headers have a scope', () => {
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html.match(/<h2/g)).toHaveLength(viewOf(plain).sections.length)
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

  test('asks for nothing but its own pictures, and leads only where the input says', () => {
    const shown = renderHtml(viewOf(fullUnit), imageOf)
    expect([...shown.matchAll(/ src="([^"]*)"/g)].map(([, src]) => src)).toEqual(['cid:service@bina', 'cid:focus@bina'])
    const links = [...shown.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href)
    const { casesDue, casesOverdue, links: signed = {} } = fullUnit
    expect(links.toSorted()).toEqual(
      [
        ...[...casesDue, ...casesOverdue].map(({ url }) => url),
        signed.agree,
        signed.object,
        signed.unsubscribe,
      ].toSorted(),
    )
  })

  test('leads nowhere that a mail must not lead to', () => {
    const url = 'javascript:alert(1)'
    const attacked: ReportInput = {
      ...fullUnit,
      casesDue: [{ complaintId: 'PLB-1', dueAtMs: fullUnit.nextRunMs, url }],
      links: { agree: url, object: url, held: url, unsubscribe: url },
    }
    expect(renderHtml(viewOf(attacked))).not.toContain('javascript')
    expect(renderText(viewOf(attacked))).not.toContain('javascript')
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
    const shown = renderHtml(viewOf(attacked))
    expect(shown).not.toContain('<script')
    expect(shown.match(/<\/title>/g)).toHaveLength(1)
    expect(shown).toContain('&lt;script>')
  })
})
