import { renderHtml } from './render-html.tsx'
import { renderText } from './render-text.ts'
import type { ReportViewModel } from './view-model.ts'

// Tests only: all that a reader of a report meets with, whatever they read it in.

/** What a reader of the HTML sees, its title, its preheader and what stands for a picture too. */
export function wordsOfHtml(html: string): string {
  const alts = [...html.matchAll(/ alt="([^"]*)"/g)].map(([, alt]) => alt)
  const text = html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, ' ')
  return [text, ...alts]
    .join(' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}

/** What is written into the pictures. */
function wordsOfCharts(view: ReportViewModel): readonly string[] {
  return view.sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => {
      if (block.kind !== 'chart') return []
      const { chart, alt } = block
      if (chart.kind === 'bars') return [alt, chart.title, ...chart.bars.flatMap(({ label, text }) => [label, text])]
      const labels = [...chart.points, ...chart.axis.ticks].map(({ label }) => label)
      return [alt, chart.title, chart.lastLabel, chart.limits?.label ?? '', ...labels]
    })
}

/** Each text by itself, for the lint. */
export function saidWords(view: ReportViewModel): readonly string[] {
  return [
    view.subject,
    renderText(view),
    wordsOfHtml(renderHtml(view, (id) => `cid:${id}@bina`)),
    wordsOfCharts(view).join('. '),
  ]
}
