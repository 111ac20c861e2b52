/** Which notices about a run the operator has. */
export interface ReportNotices {
  told(runId: string): Promise<ReadonlySet<string>>
  markTold(runId: string, matter: string): Promise<void>
}
