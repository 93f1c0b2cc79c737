import type { CaseFacts } from '../../src/domain/case';
import { queuesOf } from '../../src/domain/lane-queue';
import { firstMailbox, type Mailbox, mainPost } from '../../src/domain/mailbox';
import { type Remedy, remedied } from '../../src/domain/remedy';
import type { Settlement } from '../../src/domain/settle';
import { slackLane } from '../../src/domain/targets';
import { filedCase, later, MONDAY, minutes } from '../support/cases';
import {
  ADMIN,
  acknowledged,
  contents,
  first,
  REFUSAL,
  settled,
  shown,
  UNREACHABLE,
  waiting,
} from '../support/settling';

const DISABLED: Settlement = { is: 'unreachable', fault: 'user_disabled' };
/** Its card cannot be delivered to its channel, the fallback and the admin. */
const lostCard = (facts: CaseFacts, mailbox: Mailbox): Mailbox => {
  const card = mailbox.outbox.find(({ content, dead }) => content.type === 'card' && dead === null);
  return card ? lostCard(facts, settled(facts, mailbox, UNREACHABLE, card)) : mailbox;
};
const NOW = later(MONDAY, minutes(90));
/** An admin's remedy for messages to a lane that were given up. */
const done = (facts: CaseFacts, mailbox: Mailbox, lane: string, remedy: Remedy): Mailbox => {
  const after = remedied(facts, mailbox, slackLane(lane), remedy, NOW);
  if (!after.ok) throw new Error(after.is);
  return after.mailbox;
};

describe('what waits behind a card', () => {
  const risk = filedCase(MONDAY, undefined, { ref: 'HRR-000001', kind: 'high_risk' });
  const evidence = () =>
    firstMailbox('HRR-000001', [{ id: 'main', channel: 'C0RISK', fallback: 'U0ROSA', show: 'full' }], MONDAY, ['F1']);

  it('that was refused stays, and is sent again or dismissed with it', () => {
    const { facts } = risk;
    const refused = settled(facts, evidence(), REFUSAL);
    expect(queuesOf(refused)).toEqual(['U0ROSA']);
    const again = done(facts, refused, 'C0RISK', { is: 'retry' });
    const posted = settled(facts, again, { is: 'sent', channel: 'C0RISK', ts: '1.1', shownSeq: facts.seq });
    expect(queuesOf(posted).sort()).toEqual(['C0RISK:files', 'U0ROSA']);
    expect(contents(done(facts, refused, 'C0RISK', { is: 'dismiss' }))).toEqual(['U0ROSA:dead_letter']);
  });

  it('is reported once, even if the next change tries the card again in vain', () => {
    const { facts } = filedCase();
    const refused = settled(facts, first(), REFUSAL);
    const told = settled(facts, refused, shown(facts), waiting(refused, 'dead_letter'));
    const next = acknowledged(told);
    expect(contents(next.mailbox)[0]).toBe('C0WEST:card');
    const twice = settled(next.facts, next.mailbox, REFUSAL, waiting(next.mailbox, 'card'));
    const letters = [refused, twice].map((mailbox) => contents(mailbox).filter((one) => one.includes('dead_letter')));
    expect(letters).toEqual([['C0FALL:dead_letter'], []]);
  });

  it('keeps a file that a substitute may not show as failed; tried again, it goes to its own channel with its card', () => {
    const { facts } = risk;
    const away = settled(facts, evidence(), UNREACHABLE);
    expect(contents(away)).toEqual(['U0ROSA:card', 'U0ROSA:evidence:dead']);
    const stands = settled(facts, away, { is: 'sent', channel: 'U0ROSA', ts: '2.2', shownSeq: facts.seq });
    const again = done(facts, stands, 'U0ROSA', { is: 'retry' });
    expect(again.posts.map(({ channel, show }) => [channel, show])).toEqual([
      ['U0ROSA', 'pointer'],
      ['C0RISK', 'full'],
    ]);
    expect(contents(again)).toEqual(['C0RISK:card', 'C0RISK:evidence', 'U0ROSA:redraw']);
  });
});

describe('an unreachable place', () => {
  it('sends the card, and what waits for its thread, to the fallback channel with the reason', () => {
    const { facts, mailbox } = acknowledged(first());
    const redirected = settled(facts, mailbox, UNREACHABLE);
    expect(mainPost(redirected)).toMatchObject({
      channel: 'C0FALL',
      redirected: { from: 'C0WEST', fault: 'is_archived' },
    });
    expect(contents(redirected)).toEqual(['C0FALL:card', 'C0FALL:line', 'U0AMIRA:dm']);
  });

  it('posts a card again if the channel of an existing card dies', () => {
    const { facts } = filedCase();
    const later = acknowledged(settled(facts, first(), shown(facts)));
    const redirected = settled(later.facts, later.mailbox, UNREACHABLE);
    expect(contents(redirected)).toEqual(['C0FALL:card', 'C0FALL:line', 'U0AMIRA:dm']);
    expect(mainPost(redirected).sent).toBeNull();
  });

  it('goes to an admin if the fallback is dead, too, and is kept as failed if even that is impossible', () => {
    const { facts } = filedCase();
    const once = settled(facts, first(), UNREACHABLE);
    const twice = settled(facts, once, UNREACHABLE);
    expect(contents(twice)).toEqual([`${ADMIN}:card`]);
    const failed = settled(facts, twice, UNREACHABLE);
    expect(failed.outbox.some((d) => d.dead === 'is_archived')).toBe(true);
  });

  it('a DM that cannot be delivered leaves a notice in the fallback channel, and a notice leaves none', () => {
    const { facts, mailbox } = acknowledged(settled(filedCase().facts, first(), shown(filedCase().facts)));
    const buried = settled(facts, mailbox, DISABLED, waiting(mailbox, 'dm'));
    const letter = waiting(buried, 'dead_letter');
    expect(letter).toMatchObject({ lane: 'C0FALL', content: { to: 'U0AMIRA', fault: 'user_disabled', about: 'dm' } });
    const after = settled(facts, buried, UNREACHABLE, letter);
    const letters = after.outbox.filter((d) => d.content.type === 'dead_letter');
    expect(letters.map(({ lane, dead }) => [lane, dead])).toEqual([
      ['C0FALL', 'is_archived'],
      [ADMIN, null],
    ]);
    const last = settled(facts, after, DISABLED, letters[1]);
    expect(last.outbox.filter((d) => d.content.type === 'dead_letter')).toHaveLength(2);
  });
});

describe('what an admin does about a failed message', () => {
  const to = (place: string, mayRead = true): Remedy => ({ is: 'redirect', place, mayRead });
  const filed = filedCase().facts;

  /** A card that reached no place at all, and a DM that did not reach its agent. */
  function lost() {
    const { facts, mailbox } = acknowledged(first());
    const away = lostCard(facts, mailbox);
    return { facts, mailbox: settled(facts, away, DISABLED, waiting(away, 'dm')) };
  }
  const risk = filedCase(MONDAY, undefined, { ref: 'HRR-000001', kind: 'high_risk' }).facts;
  const riskChannel = { id: 'main', channel: 'C0RISK', fallback: 'U0ROSA', show: 'full' } as const;

  it('sends it again as new', () => {
    const { facts, mailbox } = lost();
    expect(contents(mailbox)).toEqual([
      `${ADMIN}:card:dead`,
      `${ADMIN}:line`,
      'U0AMIRA:dm:dead',
      'C0FALL:dead_letter',
      'C0FALL:dead_letter',
    ]);
    const after = done(facts, mailbox, ADMIN, { is: 'retry' });
    expect(contents(after).slice(0, 3)).toEqual([`${ADMIN}:card`, `${ADMIN}:line`, 'U0AMIRA:dm:dead']);
    expect(after.outbox[0]).toMatchObject({ dead: null, at: NOW });
    expect(remedied(facts, after, slackLane(ADMIN), { is: 'retry' }, NOW)).toEqual({ ok: false, is: 'gone' });
  });

  it('dismisses it, and nothing else', () => {
    const { facts, mailbox } = lost();
    const kept = contents(mailbox).filter((one) => one !== 'U0AMIRA:dm:dead');
    expect(contents(done(facts, mailbox, 'U0AMIRA', { is: 'dismiss' }))).toEqual(kept);
  });

  it('sends a message to someone else, and a card elsewhere with all that waits for its thread', () => {
    const { facts, mailbox } = lost();
    const dm = done(facts, mailbox, 'U0AMIRA', to('U0BEN'));
    expect(waiting(dm, 'dm')).toMatchObject({ to: { user: 'U0BEN' }, lane: 'U0BEN' });
    const card = done(facts, mailbox, ADMIN, to('C0EAST', false));
    expect(contents(card).slice(0, 3)).toEqual(['C0EAST:card', 'C0EAST:line', 'U0AMIRA:dm:dead']);
    expect(card.posts).toMatchObject([{ channel: 'C0EAST', show: 'full', redirected: null }]);
  });

  it('sends a need-to-know card only where everyone may read it, and there in full', () => {
    const refused = settled(risk, firstMailbox(risk.ref, [riskChannel], MONDAY), REFUSAL);
    expect(remedied(risk, refused, slackLane('C0RISK'), to('C0EAST', false), NOW)).toEqual({ ok: false, is: 'closed' });
    const standIn = lostCard(risk, firstMailbox(risk.ref, [riskChannel], MONDAY));
    expect(done(risk, standIn, ADMIN, to('C0EAST', false)).posts).toMatchObject([{ show: 'redacted' }]);
    expect(done(risk, standIn, ADMIN, to('C0RISK')).posts).toMatchObject([{ channel: 'C0RISK', show: 'full' }]);
    const area = { id: 'area', channel: 'C0WEST', fallback: 'C0FALL', show: 'redacted' } as const;
    const both = firstMailbox(risk.ref, [riskChannel, area], MONDAY);
    const stands = settled(risk, both, { is: 'sent', channel: 'C0RISK', ts: '1.1', shownSeq: risk.seq });
    expect(done(risk, lostCard(risk, stands), ADMIN, to('C0RISK')).posts).toMatchObject([
      { id: 'main', show: 'full' },
      { id: 'area', show: 'redacted' },
    ]);
  });

  it('does not move an existing card', () => {
    const { facts, mailbox } = acknowledged(settled(filed, first(), shown(filed)));
    const refused = settled(facts, mailbox, REFUSAL, waiting(mailbox, 'line'));
    expect(remedied(facts, refused, slackLane('C0WEST'), to('C0EAST'), NOW)).toEqual({ ok: false, is: 'in_place' });
  });
});
