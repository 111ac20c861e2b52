/** A branch of a city agency that serves the public; `kecamatan` is where it stands, `opd` who it answers to. */
export interface UptRow {
  readonly slug: string
  readonly name: string
  readonly headRole: string
  readonly opd: string
  readonly kecamatan: string
}

export interface OpdRow {
  readonly slug: string
  readonly name: string
  readonly headRole: string
}

export const opdOfPalembang: readonly OpdRow[] = [
  { slug: 'dinas-kesehatan', name: 'Dinas Kesehatan', headRole: 'Kepala Dinas' },
  { slug: 'disdukcapil', name: 'Dinas Kependudukan dan Pencatatan Sipil', headRole: 'Kepala Dinas' },
  { slug: 'bapenda', name: 'Badan Pendapatan Daerah', headRole: 'Kepala Badan' },
  { slug: 'dlh', name: 'Dinas Lingkungan Hidup', headRole: 'Kepala Dinas' },
  { slug: 'pupr', name: 'Dinas Pekerjaan Umum dan Penataan Ruang', headRole: 'Kepala Dinas' },
  // Without a branch: they read whether records can be trusted.
  { slug: 'inspektorat', name: 'Inspektorat', headRole: 'Inspektur' },
  { slug: 'bkpsdm', name: 'BKPSDM', headRole: 'Kepala' },
]

// The city has 41 puskesmas (2019) but publishes no list that we could check: they are named after the areas they
// stand in.
const puskesmasAreas: readonly (readonly [kecamatan: string, areas: readonly string[]])[] = [
  ['01', ['Makrayu', 'Kemang Manis']],
  ['02', ['1 Ulu', '4 Ulu', '7 Ulu']],
  ['03', ['11 Ulu', 'Tangga Takat', 'Sentosa']],
  ['04', ['Bukit Lama', 'Lorok Pakjo', 'Demang Lebar Daun']],
  ['05', ['Sei Pangeran', '20 Ilir']],
  ['06', ['5 Ilir', 'Lawang Kidul']],
  ['07', ['Sukarami', 'Talang Betutu', 'Kebun Bunga', 'Talang Jambe']],
  ['08', ['Sako', 'Sialang']],
  ['09', ['Sekip Jaya', 'Pipa Reja', 'Talang Aman']],
  ['10', ['Kalidoni', 'Bukit Sangkal', 'Sei Selincah']],
  ['11', ['Talang Semut', '26 Ilir']],
  ['12', ['Gandus', 'Pulo Kerto']],
  ['13', ['Kertapati', 'Keramasan', 'Karya Jaya']],
  ['14', ['Plaju', 'Talang Putri']],
  ['15', ['Alang-Alang Lebar', 'Talang Kelapa']],
  ['16', ['Lebong Gajah']],
  ['17', ['Silaberanti']],
  ['18', ['Kuto Batu']],
]

/** Branches that sit in kecamatan offices: slug and title, the agency, and the kecamatan that have one. */
const branches: readonly (readonly [slug: string, title: string, opd: string, kecamatan: readonly string[]])[] = [
  ['dukcapil', 'UPTD Dukcapil', 'disdukcapil', ['02', '03', '04', '05', '07', '08', '13', '17']],
  ['bapenda', 'UPTD Bapenda', 'bapenda', ['01', '06', '10', '12', '14']],
  ['dlh', 'UPTD DLH', 'dlh', ['03', '07', '09', '15']],
  ['pupr', 'UPTD PUPR', 'pupr', ['04', '18']],
]

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** 60 UPT: 41 puskesmas and 19 branches of other agencies. `kecamatanName` turns a code such as `05` into a name. */
export function uptOfPalembang(kecamatanName: (code: string) => string): readonly UptRow[] {
  const puskesmas = puskesmasAreas.flatMap(([kecamatan, areas]) =>
    areas.map((area) => ({
      slug: `puskesmas-${slugOf(area)}`,
      name: `Puskesmas ${area}`,
      headRole: 'Kepala Puskesmas',
      opd: 'dinas-kesehatan',
      kecamatan,
    })),
  )
  const others = branches.flatMap(([slug, title, opd, codes]) =>
    codes.map((kecamatan) => ({
      slug: `${slug}-${slugOf(kecamatanName(kecamatan))}`,
      name: `${title} ${kecamatanName(kecamatan)}`,
      headRole: 'Kepala UPTD',
      opd,
      kecamatan,
    })),
  )
  return [...puskesmas, ...others]
}
