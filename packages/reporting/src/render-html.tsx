import { renderToStaticMarkup } from 'preact-render-to-string'
import { BlockView, type ImageOf } from './html-blocks.tsx'
import { styleSheet, styles } from './html-theme.ts'
import type { ReportViewModel, Section } from './view-model.ts'

/** The whole report as one HTML document for mail clients: 600 px of tables, inline styles, nothing loaded from anywhere. Every value is escaped. */
export function renderHtml(report: ReportViewModel, imageOf: ImageOf = () => undefined): string {
  return `<!doctype html>\n${renderToStaticMarkup(<ReportDocument report={report} imageOf={imageOf} />)}\n`
}

interface Shown {
  readonly report: ReportViewModel
  readonly imageOf: ImageOf
}

function ReportDocument({ report, imageOf }: Shown) {
  return (
    <html lang={report.locale} dir="ltr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* Phones would make links of case numbers and dates. */}
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <title>{report.subject}</title>
        <style>{styleSheet}</style>
      </head>
      <body class="page" style={styles.body}>
        <div style={styles.preheader}>{report.preheader}</div>
        <main>
          <table role="presentation" class="page" width="100%" cellPadding="0" cellSpacing="0" style={styles.page}>
            <tr>
              <td class="outer" align="center" style={styles.outer}>
                <ReportCard report={report} imageOf={imageOf} />
              </td>
            </tr>
          </table>
        </main>
      </body>
    </html>
  )
}

function ReportCard({ report, imageOf }: Shown) {
  return (
    <table role="presentation" class="card" width="600" cellPadding="0" cellSpacing="0" style={styles.card}>
      <tr>
        <td class="pad" style={styles.head}>
          {report.notices?.map((notice) => (
            <p key={notice} class="ink tint-plain mark" style={styles.notice}>
              {notice}
            </p>
          ))}
          <p class="quiet" style={styles.kicker}>
            {report.title} · {report.period}
          </p>
          <h1 class="ink" style={styles.h1}>
            {report.unitLabel}
          </h1>
          <p class="ink" style={styles.paragraph}>
            {report.greeting}
          </p>
          <p class="ink" style={styles.paragraph}>
            {report.opening}
          </p>
        </td>
      </tr>
      {report.sections.map((section) => (
        <tr key={section.id}>
          <SectionCell section={section} imageOf={imageOf} />
        </tr>
      ))}
      <tr>
        <td class="pad" style={styles.foot}>
          <p class="ink rule" style={styles.disclaimer}>
            {report.disclaimer}
          </p>
          {report.footer.map((line) => (
            <p key={line} class="quiet" style={styles.footer}>
              {line}
            </p>
          ))}
          {report.unsubscribe?.map(({ text, url }) => (
            <p key={url} class="quiet" style={styles.unsubscribe}>
              <a href={url} class="accent" style={styles.link}>
                {text}
              </a>
            </p>
          ))}
        </td>
      </tr>
    </table>
  )
}

/** The focus is the one thing to remember, so it alone stands on a ground of its own. */
function SectionCell({ section, imageOf }: { readonly section: Section; readonly imageOf: ImageOf }) {
  if (section.id !== 'focus') {
    return (
      <td class="pad" style={styles.section}>
        <SectionContent section={section} imageOf={imageOf} />
      </td>
    )
  }
  return (
    <td class="pad-tint" style={styles.sectionTint}>
      <div class="tint" style={styles.tint}>
        <SectionContent section={section} imageOf={imageOf} />
      </div>
    </td>
  )
}

function SectionContent({ section, imageOf }: { readonly section: Section; readonly imageOf: ImageOf }) {
  return (
    <>
      <h2 class="accent" style={styles.h2}>
        {section.heading}
      </h2>
      {section.blocks.map((block, index) => (
        <BlockView key={`${section.id}-${index}`} block={block} imageOf={imageOf} />
      ))}
    </>
  )
}
