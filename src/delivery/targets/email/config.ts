import { accessSync, constants } from 'node:fs';
import { z } from 'zod';
import { isMailAddress } from '../../../domain/targets/email';
import type { Settings } from '../variables';

/** How mail is sent. `tls`: from the first byte, by STARTTLS (then required), or not at all. */
export interface MailConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'tls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
  /** The sender's address. */
  readonly from: string;
  /** A PEM file of the authority that signed the server's certificate, trusted instead of Node's own. */
  readonly caFile: string | null;
}

const FROM = 'give the address mail comes from, such as warmline@example.com';
const PORT = 'is not a TCP port: give one from 1 to 65535, or leave it out';
const Mail = z
  .object({
    SMTP_HOST: z.string().regex(/^[\w.:-]+$/, 'is not the name of a server: give one like smtp.example.com'),
    SMTP_PORT: z.coerce.number({ error: PORT }).int(PORT).min(1, PORT).max(65535, PORT).optional(),
    SMTP_TLS: z
      .enum(['starttls', 'tls', 'none'], { error: 'is unknown: use starttls, tls or none' })
      .default('starttls'),
    SMTP_USER: z.string().optional(),
    SMTP_PASSWORD: z.string().optional(),
    SMTP_CA_FILE: z
      .string()
      .refine((path) => unreadable(path) === null, {
        error: ({ input }) =>
          `names a file that cannot be read (${unreadable(String(input))}): give the path of a PEM file`,
      })
      .optional(),
    MAIL_FROM: z.string({ error: `is not set: ${FROM}` }).refine(isMailAddress, `is not an email address: ${FROM}`),
  })
  // Without one, Warmline would not log in, and the server refuse each mail.
  .refine(({ SMTP_USER, SMTP_PASSWORD }) => !SMTP_USER || SMTP_PASSWORD, {
    path: ['SMTP_PASSWORD'],
    message: 'is not set: SMTP_USER needs it',
  });
const PORTS = { starttls: 587, tls: 465, none: 25 } as const;

/** Why a file cannot be read, or null. */
function unreadable(path: string): string | null {
  try {
    accessSync(path, constants.R_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** The mail server in SMTP_HOST; null: Warmline sends no mail, and what a policy sends by mail is kept as failed. */
export const mailSettings: Settings<MailConfig | null> = {
  names: Object.keys(Mail.shape),
  read(given) {
    if (!given.SMTP_HOST) return { value: null, faults: [], secrets: [], off: ['email'] };
    const read = Mail.safeParse(given);
    if (!read.success) {
      const faults = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
      return { value: null, faults, secrets: [], off: [] };
    }
    const { data } = read;
    const value = {
      host: data.SMTP_HOST,
      port: data.SMTP_PORT ?? PORTS[data.SMTP_TLS],
      tls: data.SMTP_TLS,
      user: data.SMTP_USER ?? null,
      password: data.SMTP_PASSWORD ?? null,
      from: data.MAIL_FROM,
      caFile: data.SMTP_CA_FILE ?? null,
    };
    return { value, faults: [], secrets: value.password ? [value.password] : [], off: [] };
  },
};
