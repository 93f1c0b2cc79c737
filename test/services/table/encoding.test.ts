import { type Encoding, lookAt, textOf } from '../../../src/services/table/encoding';

const HEADER = 'sp_account,name,area\r\n';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const latin = (text: string) => Buffer.from(text, 'latin1');

/** A file in pieces of a few bytes, so that characters are cut between them. */
const opened = (bytes: Buffer, size = 7) =>
  async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
async function textIn(bytes: Buffer): Promise<{ encoding: Encoding; text: string }> {
  const written = await lookAt(opened(bytes));
  if (!written.ok) throw new Error(`line ${written.line} ${written.reason}`);
  let text = '';
  for await (const piece of textOf(opened(bytes), written.encoding)) text += piece;
  return { encoding: written.encoding, text };
}

describe('text is read', () => {
  const text = `${HEADER}SP1,Café “Best” – Muñoz 🚚,West\r\n`;
  it.each<[string, Buffer, Encoding]>([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16LE with a byte order mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16BE with a byte order mark', utf16be(`\uFEFF${text}`), 'utf-16be'],
    ['UTF-16LE', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16BE', utf16be(text), 'utf-16be'],
  ])('as %s', async (_, bytes, encoding) => {
    expect(await textIn(bytes)).toEqual({ encoding, text });
  });

  it.each([
    ['SP1,Caf\xe9 \x93Best\x94 \x96 Mu\xf1oz,West', 'SP1,Café “Best” – Muñoz,West'],
    ['SP1,Joe\x92s Caf\xe9\x99 & L\xf3pez Int\x92l\x85,West', 'SP1,Joe’s Café™ & López Int’l…,West'],
    ['SP1,O\x92Brien MU\xd1OZ \xabBJ\xd6RK\xbb,S\xc3O', 'SP1,O’Brien MUÑOZ «BJÖRK»,SÃO'],
    ['SP1,Gro\xdfmann \x80 5\xa0\xbd,\xdcber', 'SP1,Großmann € 5\u00A0½,Über'],
  ])('as Windows-1252: %j', async (bytes, text) => {
    expect(await textIn(latin(`${HEADER}${bytes}\r\n`))).toEqual({
      encoding: 'windows-1252',
      text: `${HEADER}${text}\r\n`,
    });
  });
});

describe('text is refused as a whole, with the line,', () => {
  it.each([
    ['as MacRoman (Café)', 'SP2,Caf\x8e,West'],
    ['as MacRoman (Muñoz)', 'SP2,Mu\x96oz,West'],
    ['as MacRoman (López)', 'SP2,L\x97pez,West'],
    ['as MacRoman (García)', 'SP2,Garc\x92a,West'],
    ['as MacRoman (Zoë Noël)', 'SP2,Zo\x91,West'],
    ['as MacRoman (Joe’s)', 'SP2,Joe\xd5s,West'],
    ['as MacRoman (“Best”)', 'SP2,\xd2Best\xd3,West'],
    ['as DOS text (Café)', 'SP2,Caf\x82,West'],
    ['as DOS text (López)', 'SP2,L\xa2pez,West'],
    ['as Cyrillic Windows text', 'SP2,\xce\xeb\xfc\xe3\xe0,West'],
    ['with half of a UTF-8 character', 'SP2,Caf\xc3,West'],
    ['with UTF-8 and Windows text mixed', 'SP2,Caf\xc3\xa9 Mu\xf1oz,West'],
    ['with bytes that are no characters', 'SP2,Caf\x81,West'],
  ])('if it was written %s', async (_, row) => {
    const written = await lookAt(opened(latin(`${HEADER}SP1,One,West\r\n${row}\r\nSP3,Three,West\r\n`)));
    expect(written).toMatchObject({ ok: false, line: 3, reason: expect.stringContaining('CSV UTF-8') });
  });

  it('if a UTF-8 file is cut in the middle of a character', async () => {
    const bytes = Buffer.from(`${HEADER}SP1,Muñoz,West\r\nSP2,Café`).subarray(0, -1);
    expect(await lookAt(opened(bytes))).toMatchObject({
      ok: false,
      line: 3,
      reason: expect.stringContaining('cut off in the middle of a character'),
    });
  });

  it('if a byte order mark says UTF-8 and the bytes do not', async () => {
    const bytes = Buffer.concat([Buffer.from(`\uFEFF${HEADER}`), latin('SP1,Caf\xe9,West\r\n')]);
    expect(await lookAt(opened(bytes))).toMatchObject({ ok: false, line: 2, reason: expect.stringContaining('UTF-8') });
  });

  it('if a UTF-16 file is cut in two, or damaged', async () => {
    const bytes = Buffer.from(`\uFEFF${HEADER}SP1,One,West\r\n`, 'utf16le');
    expect(await lookAt(opened(bytes.subarray(0, -1)))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('cut off'),
    });
    bytes.writeUInt16LE(0xd800, 50);
    expect(await lookAt(opened(bytes))).toMatchObject({
      ok: false,
      line: 2,
      reason: expect.stringContaining('damaged'),
    });
  });
});

describe('files that are not text are identified:', () => {
  it.each([
    ['an Excel workbook', latin('PK\x03\x04')],
    ['an Excel workbook', latin('PK\x03\x04\x14\x00\x06\x00\x08\0\0\0!\0[Content_Types].xml')],
    ['an OpenDocument spreadsheet', latin('PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
    ['an Excel workbook (.xls)', latin('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')],
    ['a PDF', latin('%PDF-1.7\n%\xe2\xe3')],
    ['a picture', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['a picture', latin('\xFF\xD8\xFF\xE0\0\x10JFIF')],
    ['a compressed file', latin('\x1f\x8b\x08\0')],
    ['a web page', latin('\r\n<!DOCTYPE html><html><head><title>404</title>')],
    ['a web page', latin('<html><head><title>Our SPs</title></head><body>Ask in Slack')],
    ['a sign-in page of Slack', latin('<!DOCTYPE html><html lang="en-US"><head><title>Sign in | Slack</title>')],
    ['XML', latin('<?xml version="1.0"?><Workbook>')],
    ['text in UTF-32', latin('\xFF\xFE\0\0s\0\0\0')],
    ['neither text nor a CSV file', latin(`SQLite format 3\0${'x'.repeat(200)}`)],
  ])('%s', async (what, bytes) => {
    expect(await lookAt(opened(bytes))).toMatchObject({
      ok: false,
      line: 1,
      reason: expect.stringContaining(`is ${what}`),
    });
  });
});
