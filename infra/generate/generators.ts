import { configDocuments } from './config-documents.ts'
import { contractDocuments } from './contract-documents.ts'
import { dataDictionary } from './data-dictionary.ts'
import type { GeneratedFile } from './generated-file.ts'

/** One line per kind of document. `npm run generate` writes what they make, and a test fails when the checked-in files differ. */
export const generators: readonly (() => readonly GeneratedFile[])[] = [
  contractDocuments,
  configDocuments,
  dataDictionary,
]
