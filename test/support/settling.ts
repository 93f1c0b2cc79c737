import type { CaseFacts } from '../../src/domain/case';
import { type Content, type Delivery, firstMailbox, type Mailbox } from '../../src/domain/mailbox';
import { type MessageContext, withMessages } from '../../src/domain/messages';
import type { Move } from '../../src/domain/moves/declared';
import { type Settlement, settle } from '../../src/domain/settle';
import { filedCase, later, MONDAY, minutes, moved } from './cases';

export const ADMIN = 'U0ADMIN';
export const STAY: MessageContext = { moveTo: null, leadership: null, people: null };
export const first = (): Mailbox =>
  firstMailbox('SPF-000001', [{ id: 'main', channel: 'C0WEST', fallback: 'C0FALL', show: 'full' }], MONDAY);
export const head = (mailbox: Mailbox): Delivery => {
  const delivery = mailbox.outbox.find((waiting) => waiting.dead === null);
  if (!delivery) throw new Error('nothing waits');
  return delivery;
};
export const contents = (mailbox: Mailbox) =>
  mailbox.outbox.map((d) => `${d.lane}:${d.content.type}${d.dead ? ':dead' : ''}`);
export const settled = (
  facts: CaseFacts,
  mailbox: Mailbox,
  settlement: Settlement,
  delivery = head(mailbox),
): Mailbox => {
  const after = settle(facts, mailbox, delivery, settlement, [ADMIN]);
  if (!after) throw new Error('this settles nothing');
  return after;
};
/** The waiting message of this type. */
export const waiting = ({ outbox }: Mailbox, type: Content['type']): Delivery => {
  const delivery = outbox.find(({ content, dead }) => content.type === type && dead === null);
  if (!delivery) throw new Error(`no ${type} waits`);
  return delivery;
};
export const REFUSAL: Settlement = { is: 'refused', fault: 'invalid_blocks' };
export const UNREACHABLE: Settlement = { is: 'unreachable', fault: 'is_archived' };
export const shown = (facts: CaseFacts) =>
  ({ is: 'sent', channel: 'C0WEST', ts: '1.1', shownSeq: facts.seq }) satisfies Settlement;

export const acknowledge: Move = { type: 'acknowledge', nextUpdateBy: later(MONDAY, minutes(60)) };
/** A case whose card is still to be posted, acknowledged. */
export function acknowledged(before: Mailbox) {
  const { facts, events } = moved(filedCase().facts, acknowledge, MONDAY);
  return { facts, mailbox: withMessages(facts, events, before, STAY) };
}
