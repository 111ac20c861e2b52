/** A question of docs/queries.md. */
export interface Question {
  readonly number: number
  readonly title: string
  /** The part of the page that it stands in. */
  readonly part: string
  readonly sql: string
}

/** The questions of the page in its order: a part is `## name`, a question `### number. title` with one block of SQL below it. */
export function questionsOf(page: string): readonly Question[] {
  return page.split(/^## /m).flatMap((text) => {
    const [part = '', ...questions] = text.split(/^### /m)
    const partName = part.split('\n')[0] ?? ''
    return questions.map((question) => {
      const [, number = '', title = '', sql = ''] =
        /^(\d+)\. (.+)\n[\s\S]*?```sql\n([\s\S]+?)\n```/.exec(question) ?? []
      if (sql === '') throw new Error(`a question without a number, a title or its SQL: ${question.slice(0, 60)}`)
      return { number: Number(number), title, part: partName, sql }
    })
  })
}

/** Names of the values that a question wants to be bound. */
export const parametersOf = ({ sql }: Question): readonly string[] => [
  ...new Set([...sql.matchAll(/\{(\w+):/g)].map(([, name = '']) => name)),
]
