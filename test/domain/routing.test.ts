import { firstMailbox } from '../../src/domain/mailbox';
import type { Policy } from '../../src/domain/policy';
import type { RoutingFacts } from '../../src/domain/route';
import { route } from '../../src/domain/routing';
import { settle } from '../../src/domain/settle';
import { filedCase, MONDAY, WEST } from '../support/cases';

const CHANNELS: Policy['channels'] = {
  fallback: 'C0FALL',
  risk: 'C0RISK',
  leadership: 'C0LEAD',
  provider_advocate: 'C0PROV',
  admin_review: 'C0REVIEW',
  recognition: 'C0PRAISE',
  nudges: null,
  transfers: null,
  reports: null,
  proof: null,
};
const facts = (more: Partial<RoutingFacts> = {}): RoutingFacts => ({
  kind: 'high_risk',
  tone: 'negative',
  marks: ['sensitive'],
  subjects: [],
  account: 'ACC1',
  provider: { account: 'ACC1', name: 'Ace', area: 'West', phone: null, email: null, status: 'active' },
  area: WEST,
  channels: CHANNELS,
  roles: { risk: ['U0ROSA'], provider_advocate: ['U0PAT'] },
  admins: ['U0ADA'],
  ...more,
});
const places = (more: Partial<RoutingFacts> = {}) =>
  route(facts(more))?.destinations.map(({ id, channel, show }) => `${id} ${channel} ${show}`);

describe('where a report goes', () => {
  it('a high-risk report: in full to the risk channel, redacted to the area', () => {
    expect(places()).toEqual(['main C0RISK full', 'area C0WEST redacted']);
  });

  it('a high-risk report with the SP at risk: also to the Provider Advocates', () => {
    expect(places({ marks: ['sensitive', 'sp_at_risk'] })).toContain('advocates C0PROV full');
  });

  it('without a risk channel: in full to someone of the risk team, and never in full to an admin', () => {
    const channels = { ...CHANNELS, risk: null };
    expect(places({ channels })).toEqual(['main U0ROSA full', 'area C0WEST redacted']);
    expect(places({ channels, roles: {} })).toEqual(['main U0ADA redacted', 'area C0WEST redacted']);
  });

  it('never to a person it is about, whatever their role', () => {
    expect(route(facts({ subjects: ['U0DANA'] }))?.owner).toBe('U0TOM');
    expect(places({ channels: { ...CHANNELS, risk: null }, subjects: ['U0ROSA'] })?.[0]).toBe('main U0ADA redacted');
  });

  it('an exception: to the Admin review first', () => {
    expect(route(facts({ kind: 'exception', marks: [] }))).toMatchObject({ state: 'in_review', owner: 'U0ADA' });
    expect(places({ kind: 'exception', marks: [] })).toEqual(['main C0REVIEW full']);
  });

  it('praise: to the area, and to the recognition channel', () => {
    expect(places({ kind: 'sp_feedback', marks: [], tone: 'positive' })).toEqual([
      'main C0WEST full',
      'recognition C0PRAISE praise',
    ]);
  });

  it('an unknown SP: to the fallback channel, with the reason', () => {
    const found = route(facts({ kind: 'sp_feedback', marks: [], provider: null, area: null }));
    expect(found?.unrouted).toBe('SP account ACC1 is not in the directory.');
    expect(found?.destinations[0]).toMatchObject({ channel: 'C0FALL' });
  });

  it('nowhere if there is neither a channel nor an admin', () => {
    const none = { ...CHANNELS, fallback: null };
    expect(route(facts({ kind: 'sp_feedback', provider: null, area: null, channels: none, admins: [] }))).toBeNull();
  });

  it('a need-to-know channel out of reach passes no text to its substitute', () => {
    const [main] = route(facts())?.destinations ?? [];
    if (!main) throw new Error('no main destination');
    const mailbox = firstMailbox('HRR-000001', [main], MONDAY);
    const [card] = mailbox.outbox;
    if (!card) throw new Error('no card');
    const highRisk = { ...filedCase().facts, kind: 'high_risk' as const };
    const moved = settle(highRisk, mailbox, card, { is: 'unreachable', fault: 'is_archived' }, ['U0ADA']);
    expect(moved?.posts[0]).toMatchObject({ channel: 'U0ROSA', show: 'redacted', redirected: { from: 'C0RISK' } });
  });
});
