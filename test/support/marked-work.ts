import { MAIL_CA_FILE, type MailServer, startMailServer } from '../../sandbox/mail';
import type { Actor } from '../../sandbox/workspace';
import { DEFAULT_POLICY } from '../../src/domain/default-policy';
import type { CaseKind } from '../../src/domain/kinds/code';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, startCaseWork } from './case-work';
import { markedInterview, markedReport } from './marked';
import { type Receiver, startReceiver } from './receiver';
import { MISTREATED, UNSAFE } from './reports';
import { until } from './until';

/** A word that no one without access may ever see, and its form for each kind. */
export const MARKER = 'zebrafinch';
export const markerOf = (kind: CaseKind) => MARKER + kind.replaceAll('_', '');

/** How a case of each need-to-know kind is filed, with the marker everywhere, and who works on it. */
export const MARKED: Partial<
  Record<CaseKind, { readonly by: string; readonly file: (work: CaseWork) => Promise<StoredCase> }>
> = {
  high_risk: {
    by: 'rosa',
    file: ({ world, records }) =>
      markedReport(world, records, {
        command: '/high-risk',
        sj: '950001',
        entries: {
          ...UNSAFE,
          Situation: ['Police Involved', 'Pending Lawsuit'],
          'Threatened or initiated': 'Initiated',
        },
        marker: markerOf('high_risk'),
      }),
  },
  provider_report: {
    by: 'pat',
    file: ({ world, records }) =>
      markedReport(world, records, {
        command: '/provider-report',
        sj: '950002',
        entries: { ...MISTREATED, 'Who reports': 'Liaison of the SP' },
        opens: 'Name of the liaison',
        marker: markerOf('provider_report'),
      }),
  },
  leadership: {
    by: 'sam',
    file: ({ world, records }) => markedInterview(world, records, { sj: '950003', marker: markerOf('leadership') }),
  },
};

/** A world with mail and a webhook, in which everything that can be sent is sent. */
export async function startMarkedWork(): Promise<{
  work: CaseWork;
  mail: MailServer;
  crm: Receiver;
  stop(): Promise<void>;
}> {
  const [mail, crm] = await Promise.all([startMailServer(), startReceiver()]);
  const work = await startCaseWork({
    mode: 'http',
    policy: {
      ladders: {
        ...DEFAULT_POLICY.ladders,
        acknowledge: [{ after: 0, to: 'email' as const }, ...(DEFAULT_POLICY.ladders.default ?? [])],
      },
      sent_to_manager: ['email'],
      webhooks: [
        { name: 'crm', url: crm.url, kinds: [], need_to_know: false, anchors: true, secret: 'WEBHOOK_SECRET_CRM' },
      ],
    },
    mail: {
      host: 'localhost',
      port: mail.port,
      tls: 'starttls',
      user: null,
      password: null,
      from: 'warmline@example.org',
      caFile: MAIL_CA_FILE,
    },
    webhooks: {
      secrets: new Map([['WEBHOOK_SECRET_CRM', `whsec_${Buffer.alloc(32, 7).toString('base64')}`]]),
      allowPrivate: true,
    },
  });
  return {
    work,
    mail,
    crm,
    async stop() {
      await work.stop();
      await Promise.all([mail.stop(), crm.stop()]);
    },
  };
}

/** What a person sees after an action: windows, answers and messages; then closes all windows. */
export async function seenBy(actor: Actor, doing: () => Promise<unknown>): Promise<string> {
  const said = () => actor.ephemerals().length + actor.dm().length;
  const before = said();
  await doing();
  await until(() => actor.modalCount > 0 || said() > before, 'something to be shown');
  const windows = actor.modalCount > 0 ? JSON.stringify(actor.modal()) : '';
  if (actor.modalCount > 0) await actor.close({ all: true });
  return windows + JSON.stringify([actor.ephemerals(), actor.dm()]);
}
