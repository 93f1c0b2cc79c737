import { type CaseFacts, SYSTEM } from '../../src/domain/case';
import { queuesOf } from '../../src/domain/lane-queue';
import { type Content, type Delivery, firstMailbox, type Mailbox, mainPost } from '../../src/domain/mailbox';
import { type MessageContext, withMessages } from '../../src/domain/messages';
import type { Move } from '../../src/domain/move';
import { type Remedy, remedied } from '../../src/domain/remedy';
import { type Settlement, settle } from '../../src/domain/settle';
import { slackLane } from '../../src/domain/targets';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';
import { peopleOf } from '../support/people';

const ADMIN = 'U0ADMIN';
const STAY: MessageContext = { moveTo: null, leadership: null, people: null };
const first = (): Mailbox =>
  firstMailbox('SPF-000001', [{ id: 'main', channel: 'C0WEST', fallback: 'C0FALL', show: 'full' }], MONDAY);
const head = (mailbox: Mailbox): Delivery => {
  const delivery = mailbox.outbox.find((waiting) => waiting.dead === null);
  if (!delivery) throw new Error('nothing waits');
  return delivery;
};
const contents = (mailbox: Mailbox) => mailbox.outbox.map((d) => `${d.lane}:${d.content.type}${d.dead ? ':dead' : ''}`);
const settled = (facts: CaseFacts, mailbox: Mailbox, settlement: Settlement, delivery = head(mailbox)): Mailbox => {
  const after = settle(facts, mailbox, delivery, settlement, [ADMIN]);
  if (!after) throw new Error('this settles nothing');
  return after;
};
/** The waiting message of this type. */
const waiting = ({ outbox }: Mailbox, type: Content['type']): Delivery => {
  const delivery = outbox.find(({ content, dead }) => content.type === type && dead === null);
  if (!delivery) throw new Error(`no ${type} waits`);
  return delivery;
};
const REFUSAL: Settlement = { is: 'refused', fault: 'invalid_blocks' };
const UNREACHABLE: Settlement = { is: 'unreachable', fault: 'is_archived' };
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
const shown = (facts: CaseFacts) =>
  ({ is: 'sent', channel: 'C0WEST', ts: '1.1', shownSeq: facts.seq }) satisfies Settlement;

const acknowledge: Move = { type: 'acknowledge', nextUpdateBy: later(MONDAY, minutes(60)) };
function acknowledged(before: Mailbox) {
  const { facts, events } = moved(filedCase().facts, acknowledge, MONDAY);
  return { facts, mailbox: withMessages(facts, events, before, STAY) };
}

describe("a case's messages", () => {
  it('begin with its card in the channel it was routed to', () => {
    expect(contents(first())).toEqual(['C0WEST:card']);
  });

  it('a move adds one line in the thread, a DM to the agent and one redraw of the card', () => {
    const { facts } = filedCase();
    const posted = settled(facts, first(), shown(facts));
    expect(contents(acknowledged(posted).mailbox)).toEqual(['C0WEST:line', 'U0AMIRA:dm', 'C0WEST:redraw']);
  });

  it('a card whose update had no answer is redrawn once more later, and at once for changes meanwhile', () => {
    const { facts } = filedCase();
    const posted = acknowledged(settled(facts, first(), shown(facts)));
    const redraw = posted.mailbox.outbox.find(({ content }) => content.type === 'redraw');
    const doubted = later(MONDAY, minutes(1));
    const sent = settled(posted.facts, posted.mailbox, { ...shown(posted.facts), doubted }, redraw);
    const waiting = sent.outbox.filter(({ content }) => content.type === 'redraw');
    expect(waiting).toMatchObject([{ at: doubted, waits: true }]);
    const noted = moved(posted.facts, { type: 'add_note', id: null, text: 'They called.' }, MONDAY);
    const next = withMessages(noted.facts, noted.events, sent, STAY);
    expect(contents(next).filter((one) => one.endsWith(':redraw'))).toHaveLength(2);
    const once = settled(posted.facts, sent, shown(posted.facts), waiting[0]);
    expect(contents(once)).not.toContain('C0WEST:redraw');
  });

  it('a snooze that an acknowledgment ends has no line', () => {
    const { facts } = filedCase();
    const until = later(MONDAY, minutes(30));
    const asleep = moved(facts, { type: 'snooze', until, reason: 'part on order' }, MONDAY).facts;
    const awake = moved(asleep, acknowledge, MONDAY);
    expect(awake.events.map(({ type }) => type)).toEqual(['woken', 'acknowledged']);
    const posted = settled(facts, first(), shown(facts));
    expect(contents(withMessages(awake.facts, awake.events, posted, STAY))).toEqual([
      'C0WEST:line',
      'U0AMIRA:dm',
      'C0WEST:redraw',
    ]);
  });

  it('a card that still waits to be posted needs no redraw, and one redraw is enough for many moves', () => {
    expect(contents(acknowledged(first()).mailbox)).toEqual(['C0WEST:card', 'C0WEST:line', 'U0AMIRA:dm']);
    const { facts } = filedCase();
    const twice = acknowledged(settled(facts, first(), shown(facts)));
    const note = moved(twice.facts, { type: 'add_note', id: null, text: 'x' }, MONDAY);
    const mailbox = withMessages(note.facts, note.events, twice.mailbox, STAY);
    expect(contents(mailbox).filter((content) => content.endsWith('redraw'))).toHaveLength(1);
  });

  it('a card that shows an outdated state is redrawn once more', () => {
    const { facts } = filedCase();
    const moving = acknowledged(first());
    const posted = settled(moving.facts, moving.mailbox, shown(facts));
    expect(contents(posted)).toEqual(['C0WEST:line', 'U0AMIRA:dm', 'C0WEST:redraw']);
  });

  it('a nudge goes to the owner by DM if its rung says so, and to the thread if there is no owner', () => {
    const { facts } = filedCase();
    const due = later(facts.clocks[0]?.dueAt as Date, minutes(30));
    const nudged = moved(facts, { type: 'tick' }, due, { actor: SYSTEM });
    const context = { ...STAY, people: peopleOf(nudged.facts) };
    const lanes = contents(withMessages(nudged.facts, nudged.events, first(), context));
    expect(lanes).toEqual(['C0WEST:card', 'C0WEST:line', 'U0DANA:nudge']);
    const unrouted = filedCase(MONDAY, undefined, { area: null, owner: null, unrouted: 'No area has this SP.' });
    const alone = moved(unrouted.facts, { type: 'tick' }, due, { actor: SYSTEM });
    const people = peopleOf(alone.facts, { area: null, admins: [] });
    expect(contents(withMessages(alone.facts, alone.events, first(), { ...STAY, people }))).toEqual([
      'C0WEST:card',
      'C0WEST:line',
    ]);
  });

  it('rungs that fire together after downtime are one line in the thread, one DM each, and one notice to leadership', () => {
    const { facts } = filedCase();
    const late = later(facts.clocks[0]?.dueAt as Date, minutes(60 * 24 * 3));
    const nudged = moved(facts, { type: 'tick' }, late, { actor: SYSTEM });
    const people = peopleOf(nudged.facts, { leadership: 'C0LEAD' });
    const mailbox = withMessages(nudged.facts, nudged.events, first(), { ...STAY, people });
    expect(contents(mailbox)).toEqual(['C0WEST:card', 'C0WEST:line', 'U0DANA:nudge', 'U0TOM:nudge', 'C0LEAD:notice']);
  });

  it('a case that moves to another area gets a new card there, and its old card becomes a pointer', () => {
    const { facts } = filedCase();
    const posted = settled(facts, first(), shown(facts));
    const handed = moved(facts, { type: 'reassign', area: 'East', owner: 'U0PRIYA', summary: 's' }, MONDAY);
    const mailbox = withMessages(handed.facts, handed.events, posted, {
      ...STAY,
      moveTo: { channel: 'C0EAST', fallback: 'C0FALL' },
    });
    expect(mailbox.posts.map(({ channel, show }) => ({ channel, show }))).toEqual([
      { channel: 'C0WEST', show: 'pointer' },
      { channel: 'C0EAST', show: 'full' },
    ]);
    expect(contents(mailbox)).toEqual(['C0EAST:card', 'C0WEST:redraw', 'C0EAST:line', 'U0PRIYA:dm']);
  });
});

describe('an attempt overtaken by a move', () => {
  const { facts } = filedCase();
  const handed = moved(facts, { type: 'reassign', area: 'East', owner: 'U0PRIYA', summary: 's' }, MONDAY);
  const toEast = { ...STAY, moveTo: { channel: 'C0EAST', fallback: 'C0FALL' } };
  const handedOn = (before: Mailbox) => withMessages(handed.facts, handed.events, before, toEast);
  const places = ({ posts }: Mailbox) => posts.map(({ channel, show, sent }) => [channel, show, sent?.ts ?? null]);

  it('makes a card that arrived a known pointer', () => {
    const attempted = head(first());
    const settledLate = settled(handed.facts, handedOn(first()), shown(facts), attempted);
    expect(places(settledLate)).toEqual([
      ['C0WEST', 'pointer', '1.1'],
      ['C0EAST', 'full', null],
    ]);
    expect(contents(settledLate)).toEqual(['C0EAST:card', 'C0EAST:line', 'U0PRIYA:dm', 'C0WEST:redraw']);
  });

  it('leaves no pointer if the card did not arrive', () => {
    const moving = handedOn(first());
    const look = moving.outbox.find(({ lane }) => lane === 'C0WEST');
    expect(places(settled(handed.facts, moving, { is: 'dropped' }, look))).toEqual([['C0EAST', 'full', null]]);
  });

  it("with a line says nothing about the line's new place", () => {
    const posted = settled(facts, first(), shown(facts));
    const noted = acknowledged(posted);
    const [line] = noted.mailbox.outbox;
    if (line?.content.type !== 'line') throw new Error('no line');
    const moving = withMessages(handed.facts, handed.events, noted.mailbox, toEast);
    const verdicts: Settlement[] = [
      { is: 'unreachable', fault: 'is_archived' },
      { is: 'card_gone', ts: '1.1' },
      { is: 'refused', fault: 'invalid_blocks' },
    ];
    for (const verdict of verdicts) expect(settle(handed.facts, moving, line, verdict, [ADMIN])).toBeNull();
    expect(contents(moving)).toContain('C0EAST:line');
  });
});

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
