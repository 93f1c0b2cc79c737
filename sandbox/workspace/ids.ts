import { createHash, randomBytes } from 'node:crypto';

/** A Slack-like id, the same for the same words in every run (`U0` + nine letters or digits). */
export function stableId(prefix: string, ...words: string[]): string {
  const digest = createHash('sha1').update(words.join('\n')).digest();
  const digits = BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .toUpperCase();
  return `${prefix}0${digits.slice(-9)}`;
}

let serial = 0;
/** A fresh Slack-like id, unique in this process. */
export function freshId(prefix: string): string {
  serial += 1;
  return `${prefix}0${serial.toString(36).toUpperCase().padStart(4, '0')}${randomBytes(4).toString('hex').toUpperCase()}`;
}

/** Random letters and digits for block ids, hashes and secrets. */
export const randomId = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);

/** Message timestamps: microseconds of the workspace's clock, unique and ascending even if that clock jumps back. */
export class TsSource {
  last = 0;
  constructor(private readonly now: () => Date) {}
  next(): string {
    this.last = Math.max(this.now().getTime() * 1000, this.last + 1);
    const digits = String(this.last).padStart(16, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }
}
