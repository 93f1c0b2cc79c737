const AS_CSV = 'save it as CSV UTF-8 and import that file';
const START_BYTES = 1024;

/** Signatures of other file types. */
const SIGNATURES: readonly (readonly [start: string, what: string, instead: string])[] = [
  ['\xD0\xCF\x11\xE0', 'an Excel workbook (.xls)', AS_CSV],
  ['%PDF', 'a PDF', 'export the table itself as CSV UTF-8'],
  ['{\\rtf', 'a Word document (RTF)', AS_CSV],
  ['\x89PNG', 'a picture', 'export the table itself as CSV UTF-8'],
  ['\xFF\xD8\xFF', 'a picture', 'export the table itself as CSV UTF-8'],
  ['GIF8', 'a picture', 'export the table itself as CSV UTF-8'],
  ['\x1F\x8B', 'a compressed file (gzip)', 'unpack it first'],
  ['\xFF\xFE\0\0', 'text in UTF-32', AS_CSV],
  ['\0\0\xFE\xFF', 'text in UTF-32', AS_CSV],
];

/** Why a file with this beginning is not a table in text form, after "The file", or null. */
export function notText(head: Buffer): string | null {
  const start = head.subarray(0, START_BYTES).toString('latin1');
  if (start.startsWith('PK\x03\x04')) return `is ${zipped(head.toString('latin1'))}, not a CSV file: ${AS_CSV}`;
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known) return `is ${known[1]}, not a CSV file: ${known[2]}`;
  const markup = /^(?:\xEF\xBB\xBF)?\s*<(\?xml|!|[a-z])/i.exec(start);
  if (markup) return page(head.toString('latin1'), markup[1] === '?xml');
  return isBinary(head) ? `is neither text nor a CSV file: ${AS_CSV}` : null;
}

function zipped(head: string): string {
  if (head.includes('opendocument')) return 'an OpenDocument spreadsheet';
  if (head.includes('.iwa')) return 'a Numbers spreadsheet';
  return 'an Excel workbook';
}

function page(head: string, isXml: boolean): string {
  if (/<title>[^<]*\bslack\b/i.test(head) && !isXml)
    return 'is a sign-in page of Slack instead of the file: the app lacks the permission files:read, or must be reinstalled';
  return isXml ? `is XML, not a CSV file: ${AS_CSV}` : `is a web page (HTML), not a CSV file: ${AS_CSV}`;
}

/** Zero bytes between others, outside of UTF-16; at the end, they are padding. */
function isBinary(head: Buffer): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) return false;
  let end = head.length;
  while (end > 0 && (head[end - 1] === 0 || head[end - 1] === 0x1a)) end--;
  const zeros = head.subarray(0, end).filter((byte) => byte === 0).length;
  // Unmarked UTF-16 of Western text: about every other byte.
  return zeros > 0 && zeros < end / 4;
}
