export type ImportFileErrorCode = 'not_text' | 'empty' | 'missing_columns' | 'repeated_columns'

/** The file as a whole is not what the mapping describes; no row of it can be read. */
export class ImportFileError extends Error {
  readonly code: ImportFileErrorCode

  constructor(code: ImportFileErrorCode, message: string) {
    super(message)
    this.name = 'ImportFileError'
    this.code = code
  }
}
