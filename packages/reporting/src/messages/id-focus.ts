import type { Count } from '../count.ts'

const of = (x: Count, n: Count) => `${x.text} dari ${n.text}`

/** The one focus of a week, what residents reported, and the step. Behaviour is spoken of as what residents met with, never as what somebody is. */
export const idFocus = {
  heading: (name: string) => `Fokus minggu ini: ${name}`,
  noFocusHeading: 'Satu langkah untuk minggu ini',
  /** Both in points of the score. */
  why: (here: string, all: string) =>
    `Mengapa ini: dari ${all} poin yang masih terbuka menuju 100, ${here} poin ada di sini, lebih banyak daripada di bagian lain.`,
  lessThanOne: 'kurang dari 1',
  /** Why a behaviour is the focus: its chart says that it is no chance. */
  whySignal:
    'Mengapa ini: laporan seperti ini datang lebih rapat daripada yang dapat dijelaskan oleh kebetulan. Mari cari sebabnya bersama; yang dilihat alur dan loketnya, bukan orangnya.',
  /** The same, where the ratings of residents say so. */
  whyRatings:
    'Mengapa ini: penilaian warga tentang keramahan dan kejelasan berubah lebih dari yang dapat dijelaskan oleh kebetulan. Mari cari sebabnya bersama; yang dilihat alur dan loketnya, bukan orangnya.',
  whyReported: 'Laporan sesedikit ini tidak menilai siapa pun; ia menunjukkan di mana pelayanan dapat dipermudah.',
  whyFacility: 'Ruang dan alat yang baik memudahkan warga, juga yang melayani.',
  noFocusCases: 'Pengaduan yang jatuh tempo sudah diketahui nomornya; dari situlah minggu ini dapat dimulai.',
  noFocusGeneral: 'Data tidak menunjuk satu fokus. Langkah kecil berikut berguna di unit mana pun.',
  /** Verified ones; a clause that stands after a window. */
  reported: {
    rude: (n: Count) => `${n.text} laporan warga menyangkut cara mereka disambut`,
    convoluted: (n: Count) => `${n.text} laporan warga menyangkut alur yang belum jelas atau terlalu panjang`,
    obstructive: (n: Count) => `${n.text} laporan warga menyangkut permintaan yang melebihi keperluan`,
    facility: (n: Count) => `${n.text} laporan warga menyangkut ruang atau alat yang perlu dibenahi`,
  },
  inThatWeek: (n: Count, all: Count) => {
    if (n.value < all.value) return `; ${n.text} di antaranya pada minggu tersebut`
    return n.value === 1 ? '; itu pada minggu tersebut' : '; semuanya pada minggu tersebut'
  },
  itemsInOrder: (x: Count, n: Count) => `${of(x, n)} butir sarana yang diperiksa dalam keadaan baik`,
  stepLabel: 'Usulan langkah',
  ownerLabel: 'Penanggung jawab',
  dueLabel: 'Selesai',
  agree: 'Sepakati langkah ini',
  support: {
    kelurahan: 'Dukungan apa yang Bapak/Ibu perlukan dari kecamatan? Balas surel ini; kami bantu sampaikan.',
    kecamatan: 'Dukungan apa yang Bapak/Ibu perlukan dari pemerintah kota? Balas surel ini; kami bantu sampaikan.',
    upt: 'Dukungan apa yang Bapak/Ibu perlukan dari dinas? Balas surel ini; kami bantu sampaikan.',
  },
  names: {
    response: 'tanggapan pertama yang tepat waktu',
    verified_resolution: 'penyelesaian yang tuntas dan tepat waktu',
    satisfaction: 'kemudahan yang dirasakan warga',
    courtesy_clarity: 'keramahan dan kejelasan di loket',
    no_stale_backlog: 'pengaduan lama yang masih terbuka',
    verified_attendance: 'kehadiran pada jam layanan',
    on_time: 'loket siap pada jam buka',
    full_day: 'layanan sampai jam tutup',
    rude: 'cara warga disambut',
    convoluted: 'alur yang singkat dan jelas',
    obstructive: 'persyaratan secukupnya',
    facility: 'ruang dan sarana untuk warga',
  },
  questions: {
    response: 'Di bagian mana pengaduan baru biasanya menunggu sebelum ada yang menjawab?',
    verified_resolution: 'Langkah mana yang membuat pengaduan belum tuntas saat tenggatnya tiba?',
    satisfaction: 'Bagian mana dari alur yang membuat warga perlu kembali?',
    courtesy_clarity: 'Penjelasan apa yang paling sering perlu diulang di loket?',
    no_stale_backlog: 'Apa yang ditunggu oleh pengaduan yang paling lama terbuka?',
    verified_attendance: 'Pada jam berapa loket paling sering kekurangan petugas?',
    on_time: 'Apa yang perlu tersedia lebih awal supaya loket siap pada jam buka?',
    full_day: 'Pekerjaan apa yang membuat loket kosong menjelang jam tutup?',
    rude: 'Pada saat apa loket paling terbebani, sehingga menyambut warga menjadi berat?',
    convoluted: 'Di meja mana warga paling sering bertanya ke mana mereka harus pergi berikutnya?',
    obstructive: 'Berkas mana yang diminta di loket, padahal tidak tercantum dalam standar pelayanan?',
    facility: 'Ruang atau alat apa yang paling lama ditunggu warga untuk dibenahi?',
    cases: 'Siapa yang memegang tiap nomor di bawah ini, dan pada hari apa?',
    general: 'Apa satu hal yang paling sering ditanyakan warga di loket minggu lalu?',
  },
}
