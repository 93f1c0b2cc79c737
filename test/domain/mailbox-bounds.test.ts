import type { CaseFacts } from '../../src/domain/case';
import { type Delivery, firstMailbox, type Mailbox } from '../../src/domain/mailbox';
import { withMessages } from '../../src/domain/messages';
import { settle } from '../../src/domain/settle';
import { filedCase, later, MONDAY, minutes, moved } from '../support/cases';

const STAY = { moveTo: null, leadership: null, people: null };
const PLACE = { id: 'main', channel: 'C0WEST', fallback: 'C0FALL', show: 'full' as const };
const begin = () => ({ facts: filedCase().facts, mailbox: firstMailbox('SPF-000001', [PLACE], MONDAY) });
type Going = { facts: CaseFacts; mailbox: Mailbox };

/** This many notes, each with its line, while nothing can be sent. */
function noted(going: Going, count: number): Going {
  let { facts, mailbox } = going;
  for (let i = 0; i < count; i++) {
    const at = later(facts.changedAt, minutes(1));
    const note = moved(facts, { type: 'add_note', id: null, text: `Note ${i}` }, at);
    mailbox = withMessages(note.facts, note.events, mailbox, STAY);
    facts = note.facts;
  }
  return { facts, mailbox };
}
const lines = ({ outbox }: Mailbox) => outbox.filter(({ content }) => content.type === 'line');
const told = ({ outbox }: Mailbox) =>
  outbox.reduce(
    (sum, { content }) => sum + (content.type === 'line' ? 1 : content.type === 'more' ? content.count : 0),
    0,
  );
const seqOf = ({ content }: Delivery) => ('seq' in content ? content.seq : null);

describe('what waits while a channel is unreachable', () => {
  it('is sent line by line up to a limit', () => {
    const { mailbox } = noted(begin(), 50);
    expect(lines(mailbox)).toHaveLength(50);
    expect(mailbox.outbox.every(({ content }) => content.type !== 'more')).toBe(true);
  });

  it('keeps its first and its newest lines beyond that, and one that counts those between', () => {
    const { mailbox } = noted(begin(), 1_000);
    expect(mailbox.outbox.length).toBeLessThan(60);
    const seqs = lines(mailbox).map(seqOf);
    expect(seqs[0]).toBe(3);
    expect(seqs.at(-1)).toBe(1_002);
    expect(told(mailbox)).toBe(1_000);
    expect(new Set(mailbox.outbox.map(({ id }) => id)).size).toBe(mailbox.outbox.length);
  });

  it('never touches what may be on its way, be it a line or the combined one', () => {
    const full = noted(begin(), 60);
    const sentFirst = { ...full.mailbox, outbox: full.mailbox.outbox.filter((one) => seqOf(one) !== 3) };
    const more = sentFirst.outbox.find(({ content }) => content.type === 'more');
    expect(more).toBeDefined();
    const { mailbox } = noted({ ...full, mailbox: sentFirst }, 300);
    expect(mailbox.outbox).toContainEqual(more);
    expect(told(mailbox)).toBe(359);
  });

  it('is bounded if Slack refuses one message after the other', () => {
    let { facts, mailbox } = begin();
    const waits = ({ content, dead }: Delivery) => content.type === 'line' && dead === null;
    for (let round = 0; round < 4; round++) {
      ({ facts, mailbox } = noted({ facts, mailbox }, 50));
      for (const line of mailbox.outbox.filter(waits))
        mailbox = settle(facts, mailbox, line, { is: 'refused', fault: 'invalid_blocks' }, []) ?? mailbox;
    }
    // What was given up there, and the notices about it for the fallback; and the card.
    expect(mailbox.outbox.length).toBeLessThan(2 * 52);
    expect(new Set(mailbox.outbox.map(({ id }) => id)).size).toBe(mailbox.outbox.length);
  });

  it('is bounded if it was given up, too', () => {
    let { facts, mailbox } = begin();
    for (let i = 0; i < 5; i++) {
      ({ facts, mailbox } = noted({ facts, mailbox }, 40));
      mailbox = { ...mailbox, outbox: mailbox.outbox.map((one) => ({ ...one, dead: 'is_archived' })) };
    }
    ({ mailbox } = noted({ facts, mailbox }, 1));
    expect(mailbox.outbox.filter(({ dead }) => dead).length).toBeLessThanOrEqual(51);
    expect(told(mailbox)).toBe(201);
  });
});

describe('a case that is handed back and forth', () => {
  /** Its card is posted where it went, with ascending ts. */
  function posted({ posts, outbox }: Mailbox, ts: number): Mailbox {
    return {
      posts: posts.map((post) => (post.sent ? post : { ...post, sent: { channel: post.channel, ts: String(ts) } })),
      outbox: outbox.filter(({ content }) => content.type !== 'card' && content.type !== 'redraw'),
    };
  }

  it('keeps in its document the newest places it has left, with unique messages', () => {
    let { facts, mailbox } = begin();
    const ids = new Set<string>();
    for (let i = 0; i < 200; i++) {
      mailbox = posted(mailbox, i);
      const [area, channel] = i % 2 ? (['West', 'C0WEST'] as const) : (['East', 'C0EAST'] as const);
      const move = { type: 'reassign', area, owner: `U${i}`, summary: '' } as const;
      const handed = moved(facts, move, later(facts.changedAt, minutes(1)));
      facts = handed.facts;
      mailbox = withMessages(facts, handed.events, mailbox, { ...STAY, moveTo: { channel, fallback: 'C0FALL' } });
      const card = mailbox.outbox.find(({ content }) => content.type === 'card');
      ids.add(card?.id ?? '');
    }
    expect(ids.size).toBe(200);
    const pointers = mailbox.posts.filter(({ show }) => show === 'pointer');
    expect(pointers.length).toBeLessThanOrEqual(21);
    expect(pointers.at(-1)?.sent?.ts).toBe('199');
    expect(new Set(mailbox.posts.map(({ id }) => id)).size).toBe(mailbox.posts.length);
  });

  it('is bounded even if none of its cards can be posted, and keeps the one in each channel that may be on its way', () => {
    let { facts, mailbox } = begin();
    for (let i = 0; i < 200; i++) {
      const [area, channel] = i % 2 ? (['West', 'C0WEST'] as const) : (['East', 'C0EAST'] as const);
      const move = { type: 'reassign', area, owner: `U${i}`, summary: '' } as const;
      const handed = moved(facts, move, later(facts.changedAt, minutes(1)));
      facts = handed.facts;
      mailbox = withMessages(facts, handed.events, mailbox, { ...STAY, moveTo: { channel, fallback: 'C0FALL' } });
    }
    expect(mailbox.posts.length).toBeLessThanOrEqual(25);
    const cards = mailbox.outbox.filter(({ content }) => content.type === 'card').map(({ id }) => id);
    expect(cards).toContain('SPF-000001:card:main');
    expect(cards).toContain('SPF-000001:card:main:C0EAST:3');
    expect(mailbox.posts.filter(({ show }) => show !== 'pointer')).toMatchObject([{ channel: 'C0WEST', sent: null }]);
  });
});
