import { styles } from './html-theme.ts'
import type { Block } from './view-model.ts'

type BlockOf<K extends Block['kind']> = Extract<Block, { readonly kind: K }>
type Fact = BlockOf<'facts'>['rows'][number]

export function BlockView({ block }: { readonly block: Block }) {
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

function TableView({ block }: { readonly block: BlockOf<'table'> }) {
  return (
    <table width="100%" cellPadding="0" cellSpacing="0" style={styles.table}>
      <caption class="ink" style={styles.caption}>
        {block.caption}
      </caption>
      <thead>
        <tr>
          {block.columns.map((column, index) => (
            <th
              key={column}
              scope="col"
              class="quiet rule"
              style={index === 0 ? styles.firstColumnHead : styles.columnHead}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map(([header = '', ...cells]) => (
          <tr key={header}>
            <th scope="row" class="ink rule" style={styles.rowHead}>
              {header}
            </th>
            {cells.map((cell, index) => (
              <td key={block.columns[index + 1]} class="ink rule" style={styles.cell}>
                {cell === '' ? '–' : cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
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
