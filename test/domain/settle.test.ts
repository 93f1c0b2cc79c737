import { type CaseFacts, SYSTEM } from '../../src/domain/case';
import { type Delivery, firstMailbox, type Mailbox, mainPost, queuesOf } from '../../src/domain/mailbox';
import { type MessageContext, withMessages } from '../../src/domain/messages';
import type { Move } from '../../src/domain/move';
import { type Remedy, remedied, type Settlement, settle } from '../../src/domain/settle';
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
const shown = (facts: CaseFacts) =>
  ({ is: 'sent', channel: 'C0WEST', ts: '1.1', shownSeq: facts.seq }) satisfies Settlement;

const acknowledge: Move = { type: 'acknowledge', nextUpdateBy: later(MONDAY, minutes(60)) };
function acknowledged(before: Mailbox) {
  const { facts, events } = moved(filedCase().facts, acknowledge, MONDAY);
  return { facts, mailbox: withMessages(facts, events, before, STAY) };
}

describe('what a case owes to people', () => {
  it('begins with its card in the channel it was routed to', () => {
    expect(contents(first())).toEqual(['C0WEST:card']);
  });

  it('a move adds one line in the thread, a DM to the agent and one redraw of the card', () => {
    const { facts } = filedCase();
    const posted = settled(facts, first(), shown(facts));
    expect(contents(acknowledged(posted).mailbox)).toEqual(['C0WEST:line', 'U0AMIRA:dm', 'C0WEST:redraw']);
  });

  it('a card whose update had no answer is drawn once more later, and whatever changes meanwhile at once', () => {
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

  it('a snooze that an acknowledgement ends has no line of its own', () => {
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

  it('a card that still waits to be posted needs no redraw, and one redraw serves many moves', () => {
    expect(contents(acknowledged(first()).mailbox)).toEqual(['C0WEST:card', 'C0WEST:line', 'U0AMIRA:dm']);
    const { facts } = filedCase();
    const twice = acknowledged(settled(facts, first(), shown(facts)));
    const note = moved(twice.facts, { type: 'add_note', id: null, text: 'x' }, MONDAY);
    const mailbox = withMessages(note.facts, note.events, twice.mailbox, STAY);
    expect(contents(mailbox).filter((content) => content.endsWith('redraw'))).toHaveLength(1);
  });

  it('a card that shows an older state than the newest is drawn once more', () => {
    const { facts } = acknowledged(first());
    const posted = settled(facts, first(), { is: 'sent', channel: 'C0WEST', ts: '1.1', shownSeq: 2 });
    expect(contents(posted)).toEqual(['C0WEST:redraw']);
  });

  it('a nudge goes to the owner by DM when its rung says so, and to the thread when there is no owner', () => {
    const { facts } = filedCase();
    const due = later(facts.clocks[0]?.dueAt as Date, minutes(30));
    const nudged = moved(facts, { type: 'tick' }, due, { actor: SYSTEM });
    const context = { ...STAY, people: peopleOf(nudged.facts) };
    const lanes = contents(withMessages(nudged.facts, nudged.events, first(), context));
    expect(lanes).toEqual(['C0WEST:card', 'C0WEST:line', 'U0DANA:nudge']);
    const nobody = { ...nudged.facts, owner: null };
    const people = peopleOf(nobody, { area: null, admins: [] });
    const [, toOwner] = nudged.events;
    expect(contents(withMessages(nobody, toOwner ? [toOwner] : [], first(), { ...STAY, people }))).toEqual([
      'C0WEST:card',
      'C0WEST:line',
    ]);
  });

  it('rungs that fire together after a downtime are one line in the thread, one DM each, and one notice to leadership', () => {
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

describe('an attempt that a move overtook', () => {
  const { facts } = filedCase();
  const handed = moved(facts, { type: 'reassign', area: 'East', owner: 'U0PRIYA', summary: 's' }, MONDAY);
  const toEast = { ...STAY, moveTo: { channel: 'C0EAST', fallback: 'C0FALL' } };
  const handedOn = (before: Mailbox) => withMessages(handed.facts, handed.events, before, toEast);
  const places = ({ posts }: Mailbox) => posts.map(({ channel, show, sent }) => [channel, show, sent?.ts ?? null]);

  it('of a card that arrived makes it a pointer that the case knows', () => {
    const attempted = head(first());
    const settledLate = settled(handed.facts, handedOn(first()), shown(facts), attempted);
    expect(places(settledLate)).toEqual([
      ['C0WEST', 'pointer', '1.1'],
      ['C0EAST', 'full', null],
    ]);
    expect(contents(settledLate)).toEqual(['C0EAST:card', 'C0EAST:line', 'U0PRIYA:dm', 'C0WEST:redraw']);
  });

  it('of a card that did not arrive leaves no pointer', () => {
    const moving = handedOn(first());
    const look = moving.outbox.find(({ lane }) => lane === 'C0WEST');
    expect(places(settled(handed.facts, moving, { is: 'dropped' }, look))).toEqual([['C0EAST', 'full', null]]);
  });

  it('of a line says nothing about the place where it goes by now', () => {
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
  const refusal: Settlement = { is: 'refused', fault: 'invalid_blocks' };
  const evidence = () =>
    firstMailbox('HRR-000001', [{ id: 'main', channel: 'C0RISK', fallback: 'U0ROSA', show: 'full' }], MONDAY, ['F1']);

  it('that was refused stays, and can be sent again with it, or is given up with it', () => {
    const { facts } = filedCase();
    const refused = settled(facts, evidence(), refusal);
    expect(queuesOf(refused)).toEqual(['U0ROSA']);
    const again = remedied(facts, refused, 'C0RISK', { is: 'retry' }, MONDAY);
    if (!again.ok) throw new Error(again.is);
    const posted = settled(facts, again.mailbox, { is: 'sent', channel: 'C0RISK', ts: '1.1', shownSeq: facts.seq });
    expect(queuesOf(posted).sort()).toEqual(['C0RISK:files', 'U0ROSA']);
    const dismissed = remedied(facts, refused, 'C0RISK', { is: 'dismiss' }, MONDAY);
    expect(dismissed.ok && contents(dismissed.mailbox)).toEqual(['U0ROSA:dead_letter']);
  });

  it('is told of once, though the next change tries the card again in vain', () => {
    const { facts } = filedCase();
    const refused = settled(facts, first(), refusal);
    const letters = (mailbox: Mailbox) => contents(mailbox).filter((one) => one.includes('dead_letter')).length;
    const sent = { ...refused, outbox: refused.outbox.filter(({ content }) => content.type !== 'dead_letter') };
    const next = acknowledged(sent);
    expect(contents(next.mailbox)[0]).toBe('C0WEST:card');
    const card = next.mailbox.outbox[0];
    const twice = settled(next.facts, next.mailbox, refusal, card);
    expect([letters(refused), letters(twice)]).toEqual([1, 0]);
  });

  it('keeps a file that a stand-in may not show as failed; tried again, it goes to its own channel with its card', () => {
    const facts = { ...filedCase().facts, kind: 'high_risk' as const };
    const away = settled(facts, evidence(), { is: 'unreachable', fault: 'is_archived' });
    expect(contents(away)).toEqual(['U0ROSA:card', 'U0ROSA:evidence:dead']);
    const stands = settled(facts, away, { is: 'sent', channel: 'U0ROSA', ts: '2.2', shownSeq: facts.seq });
    const again = remedied(facts, stands, 'U0ROSA', { is: 'retry' }, MONDAY);
    if (!again.ok) throw new Error(again.is);
    expect(again.mailbox.posts.map(({ channel, show }) => [channel, show])).toEqual([
      ['U0ROSA', 'pointer'],
      ['C0RISK', 'full'],
    ]);
    expect(contents(again.mailbox)).toEqual(['C0RISK:card', 'C0RISK:evidence', 'U0ROSA:redraw']);
  });
});

describe('a place that cannot be reached', () => {
  it('sends the card, and what waits for its thread, to the fallback channel with the reason', () => {
    const { facts, mailbox } = acknowledged(first());
    const redirected = settled(facts, mailbox, { is: 'unreachable', fault: 'is_archived' });
    expect(mainPost(redirected)).toMatchObject({
      channel: 'C0FALL',
      redirected: { from: 'C0WEST', fault: 'is_archived' },
    });
    expect(contents(redirected)).toEqual(['C0FALL:card', 'C0FALL:line', 'U0AMIRA:dm']);
  });

  it('posts a card anew when the channel of an existing card dies', () => {
    const { facts } = filedCase();
    const later = acknowledged(settled(facts, first(), shown(facts)));
    const redirected = settled(later.facts, later.mailbox, { is: 'unreachable', fault: 'is_archived' });
    expect(contents(redirected)).toEqual(['C0FALL:card', 'C0FALL:line', 'U0AMIRA:dm']);
    expect(mainPost(redirected).sent).toBeNull();
  });

  it('goes to an admin when the fallback is dead too, and is kept as failed when even that is impossible', () => {
    const { facts } = filedCase();
    const unreachable: Settlement = { is: 'unreachable', fault: 'is_archived' };
    const once = settled(facts, first(), unreachable);
    const twice = settled(facts, once, unreachable);
    expect(contents(twice)).toEqual([`${ADMIN}:card`]);
    const failed = settled(facts, twice, unreachable);
    expect(failed.outbox.some((d) => d.dead === 'is_archived')).toBe(true);
  });

  it('a DM that cannot be delivered leaves a letter in the fallback channel, and a letter none about itself', () => {
    const { facts, mailbox } = acknowledged({ ...first(), outbox: [] });
    const dm = mailbox.outbox.find((d) => d.content.type === 'dm') as Delivery;
    const buried = settled(facts, mailbox, { is: 'unreachable', fault: 'user_disabled' }, dm);
    const letter = buried.outbox.find((d) => d.content.type === 'dead_letter') as Delivery;
    expect(letter).toMatchObject({ lane: 'C0FALL', content: { to: 'U0AMIRA', fault: 'user_disabled', about: 'dm' } });
    const after = settled(facts, buried, { is: 'unreachable', fault: 'is_archived' }, letter);
    const letters = after.outbox.filter((d) => d.content.type === 'dead_letter');
    expect(letters.map(({ lane, dead }) => [lane, dead])).toEqual([
      ['C0FALL', 'is_archived'],
      [ADMIN, null],
    ]);
    const last = settled(facts, after, { is: 'unreachable', fault: 'user_disabled' }, letters[1]);
    expect(last.outbox.filter((d) => d.content.type === 'dead_letter')).toHaveLength(2);
  });
});

describe('what an admin does about a message that was given up', () => {
  const NOW = later(MONDAY, minutes(90));
  const to = (place: string, mayRead = true): Remedy => ({ is: 'redirect', place, mayRead });
  /** A card that reached no place at all, and a DM that did not reach its agent. */
  function lost(kind: CaseFacts['kind'] = 'sp_feedback') {
    const { facts, mailbox } = acknowledged(first());
    const given = { ...facts, kind };
    const outbox = mailbox.outbox.map((d) => ({ ...d, dead: d.content.type === 'line' ? null : 'is_archived' }));
    return { facts: given, mailbox: { ...mailbox, outbox } };
  }
  const done = (facts: CaseFacts, mailbox: Mailbox, lane: string, remedy: Remedy): Mailbox => {
    const after = remedied(facts, mailbox, lane, remedy, NOW);
    if (!after.ok) throw new Error(after.is);
    return after.mailbox;
  };

  it('sends it again as if it were new, in the channel where its card belongs by now', () => {
    const { facts, mailbox } = lost();
    const elsewhere = { ...mailbox, posts: mailbox.posts.map((post) => ({ ...post, channel: 'C0EAST' })) };
    const after = done(facts, elsewhere, 'C0WEST', { is: 'retry' });
    expect(contents(after)).toEqual(['C0EAST:card', 'C0WEST:line', 'U0AMIRA:dm:dead']);
    expect(after.outbox[0]).toMatchObject({ dead: null, at: NOW });
    expect(remedied(facts, after, 'C0WEST', { is: 'retry' }, NOW)).toEqual({ ok: false, is: 'gone' });
  });

  it('gives it up for good, and nothing else', () => {
    const { facts, mailbox } = lost();
    expect(contents(done(facts, mailbox, 'U0AMIRA', { is: 'dismiss' }))).toEqual(['C0WEST:card:dead', 'C0WEST:line']);
  });

  it('sends a message to somebody else, and a card with all that waits for its thread elsewhere', () => {
    const { facts, mailbox } = lost();
    const dm = done(facts, mailbox, 'U0AMIRA', to('U0BEN'));
    expect(dm.outbox.at(-1)).toMatchObject({ to: { user: 'U0BEN' }, lane: 'U0BEN', dead: null });
    const card = done(facts, mailbox, 'C0WEST', to('C0EAST', false));
    expect(contents(card)).toEqual(['C0EAST:card', 'C0EAST:line', 'U0AMIRA:dm:dead']);
    expect(card.posts).toMatchObject([{ channel: 'C0EAST', show: 'full', redirected: null }]);
  });

  it('sends a need-to-know card nowhere but where everybody may read it, and there in full', () => {
    const { facts, mailbox } = lost('high_risk');
    expect(remedied(facts, mailbox, 'C0WEST', to('C0EAST', false), NOW)).toEqual({ ok: false, is: 'closed' });
    const standIn = { ...mailbox, posts: mailbox.posts.map((post) => ({ ...post, show: 'redacted' as const })) };
    expect(done(facts, standIn, 'C0WEST', to('C0EAST', false)).posts).toMatchObject([{ show: 'redacted' }]);
    expect(done(facts, standIn, 'C0WEST', to('C0RISK')).posts).toMatchObject([{ channel: 'C0RISK', show: 'full' }]);
    const area = { ...standIn, posts: standIn.posts.map((post) => ({ ...post, id: 'area' })) };
    const ofArea = area.outbox.map((d) => ('post' in d.to ? { ...d, to: { post: 'area' } } : d));
    expect(done(facts, { ...area, outbox: ofArea }, 'C0WEST', to('C0RISK')).posts).toMatchObject([
      { show: 'redacted' },
    ]);
  });

  it('leaves a card that stands where it is', () => {
    const { facts, mailbox } = lost();
    const sent = { channel: 'C0WEST', ts: '1.1' };
    const standing = { ...mailbox, posts: mailbox.posts.map((post) => ({ ...post, sent })) };
    expect(remedied(facts, standing, 'C0WEST', to('C0EAST'), NOW)).toEqual({ ok: false, is: 'in_place' });
  });
});
