import { styles } from './html-theme.ts'
import type { Cell, Table } from './view-model.ts'

export function CellView({ cell }: { readonly cell: Cell }) {
  if (typeof cell === 'string') return <>{cell === '' ? '–' : cell}</>
  return (
    <a href={cell.url} class="accent" style={styles.link}>
      {cell.text}
    </a>
  )
}

export function TableView({ block }: { readonly block: Table }) {
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
        {block.rows.map(([header = '', ...cells], row) => (
          <tr key={`${row}`}>
            <th scope="row" class="ink rule" style={styles.rowHead}>
              <CellView cell={header} />
            </th>
            {cells.map((cell, index) => (
              <td key={block.columns[index + 1]} class="ink rule" style={styles.cell}>
                <CellView cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The numbers of a picture, in small type. */
export function SmallTable({ table }: { readonly table: Table }) {
  return (
    <table width="100%" cellPadding="0" cellSpacing="0" style={styles.smallTable}>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column} scope="col" class="quiet rule" style={styles.smallHead}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(([header = '', ...cells], index) => (
          <tr key={`${index}`}>
            <th scope="row" class="quiet" style={styles.smallRowHead}>
              <CellView cell={header} />
            </th>
            {cells.map((cell, at) => (
              <td key={table.columns[at + 1]} class="ink" style={styles.smallCell}>
                <CellView cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
