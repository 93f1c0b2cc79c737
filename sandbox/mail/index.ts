import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** A mail as received. */
export interface ReceivedMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** The header names, as they came. */
  readonly headers: readonly string[];
  readonly at: Date;
  /** Whether it came over an encrypted connection. */
  readonly isSecure: boolean;
}

export interface MailServer {
  readonly port: number;
  /** Every mail received, oldest first. */
  readonly mails: readonly ReceivedMail[];
  /** The reply to a recipient from now on: a code with text such as `550 no such mailbox`; null accepts the mail. */
  refuse(rule: (to: string) => string | null): void;
  /** The reply to every connection, or to every sender, from now on; null takes them again. */
  bar(from: 'connection' | 'sender', reply: string | null): void;
  /** The next `count` mails are accepted, and the connection is cut instead of answering. */
  loseAnswers(count: number): void;
  /** `wrong`: a certificate that no one signed for this server. */
  certificate(which: 'right' | 'wrong'): void;
  stop(): Promise<void>;
}

const pem = (name: string): string => readFileSync(join(__dirname, `localhost-${name}.pem`), 'utf8');
/** The authority that signed the server's certificate: itself. */
export const MAIL_CA_FILE = join(__dirname, 'localhost-cert.pem');
const LONGEST_LIST = 500;

/** A mail server on this machine that keeps what it receives and forwards nothing. */
export async function startMailServer(
  options: { readonly port?: number; readonly now?: () => Date } = {},
): Promise<MailServer> {
  const { now = () => new Date() } = options;
  const mails: ReceivedMail[] = [];
  let rule: (to: string) => string | null = () => null;
  const barred: { connection: string | null; sender: string | null } = { connection: null, sender: null };
  let toLose = 0;
  const right = { key: pem('key'), cert: pem('cert') };

  const server = new SMTPServer({
    ...right,
    authOptional: true,
    disableReverseLookup: true,
    onConnect: (_session, answer) => answer(refusal(barred.connection)),
    onMailFrom: (_address, _session, answer) => answer(refusal(barred.sender)),
    onRcptTo: ({ address }, _session, answer) => answer(refusal(rule(address))),
    onData(stream, session, answer) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        keep(Buffer.concat(pieces), session).then(
          () => (toLose > 0 ? cut(session) : answer()),
          (error: Error) => answer(error),
        );
      });
    },
  });
  server.on('error', () => undefined); // a client that goes away is not the server's fault

  async function keep(raw: Buffer, session: SMTPServerSession): Promise<void> {
    const mail = await PostalMime.parse(raw);
    mails.push({
      to: session.envelope.rcptTo.map(({ address }) => address),
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      messageId: mail.messageId ?? '',
      headers: mail.headers.map(({ key }) => key),
      at: now(),
      isSecure: session.secure,
    });
    if (mails.length > LONGEST_LIST) mails.shift();
  }

  function cut({ id }: SMTPServerSession): void {
    toLose--;
    const connections = [...server.connections] as { id: string; close(): void }[];
    for (const connection of connections) if (connection.id === id) connection.close();
  }

  const listening = server.listen(options.port ?? 0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    mails,
    refuse(next) {
      rule = next;
    },
    bar(from, reply) {
      barred[from] = reply;
    },
    loseAnswers(count) {
      toLose = count;
    },
    certificate(which) {
      server.updateSecureContext(which === 'right' ? right : UNTRUSTED);
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A reply such as `550 no such mailbox` as the server library takes it; null accepts. */
const refusal = (reply: string | null) =>
  reply === null ? null : Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });

/** Another pair, for no particular server. */
const UNTRUSTED = { key: pem('key'), cert: pem('stranger') };
