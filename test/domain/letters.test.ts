import { casesIn } from '../../src/domain/letters';

const some = (...refs: string[]) => ({
  of: refs.length,
  shown: refs.map((ref) => {
    const at = new Date('2026-11-02T17:00:00Z');
    return { ref, title: '', sp: '', severity: 'normal', owner: null, filedAt: at, dueAt: null, card: null } as const;
  }),
});

it('a digest names its cases, each once, wherever they stand in it', () => {
  const [oldest = null] = some('SPF-000003').shown;
  const areas = [
    { area: 'West', open: 3, overdue: some('SPF-000001'), promised: some('HRR-000002'), oldest, recognition: some() },
    { area: 'East', open: 1, overdue: some(), promised: some(), oldest, recognition: some('SPF-000004') },
  ];
  expect(casesIn({ type: 'area_digests', areas })).toEqual(['SPF-000001', 'HRR-000002', 'SPF-000003', 'SPF-000004']);
  const failed = ['PRR-000008', 'A daily digest'].map((about) => ({ about, to: 'U1', fault: 'user_not_found' }));
  expect(
    casesIn({
      type: 'admin_digest',
      unrouted: some('SPF-000005'),
      inReview: some('EXC-000006'),
      returned: some('EXC-000007'),
      failed: { of: 2, shown: failed },
    }),
  ).toEqual(['SPF-000005', 'EXC-000006', 'EXC-000007', 'PRR-000008']);
  expect(casesIn({ type: 'alarms', about: ['SPF-000001 stands still.'] })).toEqual([]);
});
