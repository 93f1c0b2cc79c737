import { SYSTEM } from '../../src/domain/actor';
import type { Mailbox } from '../../src/domain/mailbox';
import { withMessages } from '../../src/domain/messages';
import { type Settlement, settle } from '../../src/domain/settle';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';
import { peopleOf } from '../support/people';
import { ADMIN, acknowledge, acknowledged, contents, first, head, STAY, settled, shown } from '../support/settling';

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
