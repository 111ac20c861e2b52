import type { Chart } from './chart/chart.ts'
import { CellView, SmallTable, TableView } from './html-table.tsx'
import { styles } from './html-theme.ts'
import { cellText } from './linked-cell.ts'
import type { Block, Cell } from './view-model.ts'

type BlockOf<K extends Block['kind']> = Extract<Block, { readonly kind: K }>
type Fact = BlockOf<'facts'>['rows'][number]

/** Where the picture of a chart is to be had, such as `cid:trend@bina`; undefined where there is none: then its table speaks alone. */
export type ImageOf = (id: string, chart: Chart) => string | undefined

export function BlockView({ block, imageOf }: { readonly block: Block; readonly imageOf: ImageOf }) {
  switch (block.kind) {
    case 'paragraph':
      return <ParagraphView block={block} />
    case 'question':
      return (
        <p class="ink mark" style={styles.question}>
          {block.text}
        </p>
      )
    case 'scale':
      return <ScaleView block={block} />
    case 'table':
      return <TableView block={block} />
    case 'facts':
      return <FactsView rows={block.rows} />
    case 'step':
      return <StepView block={block} />
    case 'chart':
      return <ChartView block={block} imageOf={imageOf} />
    case 'list':
      return <ListView items={block.items} />
    case 'button':
      return (
        <p style={styles.paragraph}>
          <a href={block.url} class="accent button" style={styles.button}>
            {block.text}
          </a>
        </p>
      )
    default:
      return block satisfies never
  }
}

function ParagraphView({ block }: { readonly block: BlockOf<'paragraph'> }) {
  const style = { plain: styles.paragraph, lead: styles.lead, quiet: styles.quiet }[block.tone]
  return (
    <p class={block.tone === 'quiet' ? 'quiet' : 'ink'} style={style}>
      {block.text}
    </p>
  )
}

/** The bar is drawn with cells, as mail clients show no SVG; it is hidden from screen readers, which have the same in words. */
function ScaleView({ block }: { readonly block: BlockOf<'scale'> }) {
  const { label, value, lower, upper, valueText, band } = block
  return (
    <div>
      <p class="ink" style={styles.score}>
        {label}: <span style={styles.scoreValue}>{valueText}</span>
      </p>
      <p class="ink" style={styles.band}>
        {band}
      </p>
      <table role="presentation" aria-hidden="true" width="100%" cellPadding="0" cellSpacing="0">
        <tr>
          <ScaleCell kind="empty" percent={lower} />
          <ScaleCell kind="range" percent={value - lower - 0.5} />
          <ScaleCell kind="value" percent={1} />
          <ScaleCell kind="range" percent={upper - value - 0.5} />
          <ScaleCell kind="empty" percent={100 - upper} />
        </tr>
      </table>
      <table role="presentation" aria-hidden="true" width="100%" cellPadding="0" cellSpacing="0">
        <tr>
          <td align="left" class="quiet" style={styles.scaleEnd}>
            0
          </td>
          <td align="right" class="quiet" style={styles.scaleEnd}>
            100
          </td>
        </tr>
      </table>
    </div>
  )
}

const SCALE_STYLE = { empty: styles.scaleEmpty, range: styles.scaleRange, value: styles.scaleValue } as const

function ScaleCell({ kind, percent }: { readonly kind: keyof typeof SCALE_STYLE; readonly percent: number }) {
  if (percent <= 0) return null
  return (
    <td class={`scale-${kind}`} width={`${percent}%`} style={SCALE_STYLE[kind]}>
      {'\u00a0'}
    </td>
  )
}

/** Letters in a row of small type that half of a phone's width has room for. */
const HALF_A_PHONE = 15

/** The picture for those who see it, and the same numbers in small type, in two halves side by side: a phone has room for both. */
function ChartView({ block, imageOf }: { readonly block: BlockOf<'chart'>; readonly imageOf: ImageOf }) {
  const src = imageOf(block.id, block.chart)
  const { caption, columns, rows } = block.table
  const half = Math.ceil(rows.length / 2)
  // Side by side, long rows would break on a phone.
  const isLong = rows.some((row) => row.map(cellText).join('').length > HALF_A_PHONE)
  const halves = [rows.slice(0, half), rows.slice(half)].filter((part) => part.length > 0)
  return (
    <div>
      {src === undefined ? null : <img src={src} alt={block.alt} width="536" class="picture" style={styles.picture} />}
      <p class="quiet" style={styles.smallCaption}>
        {caption}
      </p>
      <table role="presentation" width="100%" cellPadding="0" cellSpacing="0" style={styles.table}>
        <tr>
          {halves.map((part, index) => (
            <td
              key={`${index}`}
              width="50%"
              {...(isLong ? { class: 'stack' } : {})}
              style={index === 0 ? styles.firstHalf : styles.half}
            >
              <SmallTable table={{ caption, columns, rows: part }} />
            </td>
          ))}
        </tr>
      </table>
    </div>
  )
}

function ListView({ items }: { readonly items: readonly Cell[] }) {
  return (
    <ul style={styles.list}>
      {items.map((item, index) => (
        <li key={`${index}`} class="ink" style={styles.item}>
          <CellView cell={item} />
        </li>
      ))}
    </ul>
  )
}

function FactsView({ rows }: { readonly rows: readonly Fact[] }) {
  return (
    <table width="100%" cellPadding="0" cellSpacing="0" style={styles.table}>
      <tbody>
        {rows.map(({ label, text }) => (
          <tr key={label}>
            <th scope="row" class="quiet" style={styles.factLabel}>
              {label}
            </th>
            <td class="ink" style={styles.factText}>
              {text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function StepView({ block }: { readonly block: BlockOf<'step'> }) {
  return (
    <div>
      <p class="ink" style={styles.paragraph}>
        <strong>{block.label}:</strong> {block.text}
      </p>
      <FactsView rows={block.facts} />
    </div>
  )
}
