/**
 * The 18 kecamatan and 107 kelurahan of Palembang by Kemendagri code (Kepmendagri 300.2.2-2430/2025), in local
 * spelling.
 * Names repeat across levels and kecamatan (Sukarami, Sako, Gandus, Kalidoni, Kertapati), so nothing may be joined on
 * a name.
 */
export interface KecamatanRow {
  /** What follows the city's `16.71.` in the code. */
  readonly code: string
  readonly name: string
  /** Each `NN name`, where NN are the last two digits of the kelurahan code: `03` of `16.71.05.1003`. */
  readonly kelurahan: readonly string[]
}

export const kecamatanOfPalembang: readonly KecamatanRow[] = [
  {
    code: '01',
    name: 'Ilir Barat II',
    kelurahan: ['01 35 Ilir', '02 32 Ilir', '03 30 Ilir', '04 29 Ilir', '05 28 Ilir', '06 27 Ilir', '07 Kemang Manis'],
  },
  { code: '02', name: 'Seberang Ulu I', kelurahan: ['02 1 Ulu', '03 2 Ulu', '04 3-4 Ulu', '05 5 Ulu', '06 7 Ulu'] },
  {
    code: '03',
    name: 'Seberang Ulu II',
    kelurahan: ['01 11 Ulu', '02 12 Ulu', '03 13 Ulu', '04 14 Ulu', '05 16 Ulu', '06 Tangga Takat', '07 Sentosa'],
  },
  {
    code: '04',
    name: 'Ilir Barat I',
    kelurahan: [
      '01 Bukit Lama',
      '02 Lorok Pakjo',
      '03 26 Ilir I',
      '04 Siring Agung',
      '05 Demang Lebar Daun',
      '06 Bukit Baru',
    ],
  },
  {
    code: '05',
    name: 'Ilir Timur I',
    kelurahan: [
      '01 18 Ilir',
      '02 16 Ilir',
      '03 13 Ilir',
      '04 14 Ilir',
      '05 15 Ilir',
      '06 17 Ilir',
      '07 20 Ilir III',
      '08 20 Ilir IV',
      '09 20 Ilir I',
      '10 Sei Pangeran',
      '11 Kepandean Baru',
    ],
  },
  {
    code: '06',
    name: 'Ilir Timur II',
    kelurahan: ['05 5 Ilir', '06 3 Ilir', '07 1 Ilir', '08 2 Ilir', '09 Lawang Kidul', '12 Sungai Buah'],
  },
  {
    code: '07',
    name: 'Sukarami',
    kelurahan: [
      '02 Talang Betutu',
      '04 Sukajaya',
      '05 Sukarami',
      '07 Kebun Bunga',
      '09 Suka Bangun',
      '10 Talang Jambe',
      '11 Sukodadi',
    ],
  },
  { code: '08', name: 'Sako', kelurahan: ['01 Sukamaju', '02 Sako', '06 Sialang', '07 Sako Baru'] },
  {
    code: '09',
    name: 'Kemuning',
    kelurahan: ['01 20 Ilir II', '02 Ario Kemuning', '03 Sekip Jaya', '04 Pahlawan', '05 Pipa Reja', '06 Talang Aman'],
  },
  {
    code: '10',
    name: 'Kalidoni',
    kelurahan: ['01 Bukit Sangkal', '02 Kalidoni', '03 Sei Selayur', '04 Sei Selincah', '05 Sei Lais'],
  },
  {
    code: '11',
    name: 'Bukit Kecil',
    kelurahan: ['01 19 Ilir', '02 22 Ilir', '03 23 Ilir', '04 24 Ilir', '05 26 Ilir', '06 Talang Semut'],
  },
  {
    code: '12',
    name: 'Gandus',
    kelurahan: ['01 Gandus', '02 Karang Anyar', '03 36 Ilir', '04 Karang Jaya', '05 Pulo Kerto'],
  },
  {
    code: '13',
    name: 'Kertapati',
    kelurahan: ['01 Kemas Rindo', '02 Kemang Agung', '03 Keramasan', '04 Kertapati', '05 Karya Jaya', '06 Ogan Baru'],
  },
  {
    code: '14',
    name: 'Plaju',
    kelurahan: [
      '01 Plaju Ulu',
      '02 Plaju Darat',
      '03 Plaju Ilir',
      '04 Bagus Kuning',
      '05 Komperta',
      '06 Talang Putri',
      '07 Talang Bubuk',
    ],
  },
  {
    code: '15',
    name: 'Alang-Alang Lebar',
    kelurahan: ['01 Alang Alang Lebar', '02 Srijaya', '03 Talang Kelapa', '04 Karya Baru'],
  },
  {
    code: '16',
    name: 'Sematang Borang',
    kelurahan: ['01 Srimulyo', '02 Suka Mulya', '03 Lebong Gajah', '05 Karya Mulya'],
  },
  {
    code: '17',
    name: 'Jakabaring',
    kelurahan: ['01 8 Ulu', '02 9/10 Ulu', '03 15 Ulu', '04 Silaberanti', '05 Tuan Kentang'],
  },
  {
    code: '18',
    name: 'Ilir Timur III',
    kelurahan: ['01 8 Ilir', '02 9 Ilir', '03 10 Ilir', '04 11 Ilir', '05 Kuto Batu', '06 Duku'],
  },
]
