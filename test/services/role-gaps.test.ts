import { roleGaps } from '../../src/services/role-gaps';

const ids = (count: number) => Array.from({ length: count }, (_, i) => `U${i}`);
/** The gaps while accounts with `isActive` are active, whom Slack was asked about, and the late answers. */
async function gaps(holders: Parameters<typeof roleGaps>[1], isActive: (id: string) => boolean | Promise<boolean>) {
  const asked: string[] = [];
  const late: Promise<unknown>[] = [];
  const people = {
    inGroup: async () => [],
    inChannel: async () => [],
    isGuest: async () => false,
    account: async (id: string) => {
      asked.push(id);
      return { active: await isActive(id), timeZone: null, isBot: false, isGuest: false };
    },
  };
  const found = await roleGaps({ people }, holders, (work) => late.push(work));
  return { found, asked, late };
}
const OTHERS = { leadership: ['UL'], provider_advocate: ['UP'] };

describe('a role that need-to-know reports wait for', () => {
  it('is a gap if no one has it, or only deactivated people', async () => {
    expect([...(await gaps({ risk: ['U1'], ...OTHERS }, () => true)).found]).toEqual([]);
    expect([...(await gaps(OTHERS, () => true)).found]).toEqual([
      ['risk', 'No one can read a high-risk report: give this role to someone.'],
    ]);
    expect([...(await gaps({ risk: ['U1', 'U2'], ...OTHERS }, (id) => id > 'UK')).found.keys()]).toEqual(['risk']);
    // The risk team reads leadership concerns, too.
    expect((await gaps({ ...OTHERS, risk: ['U1'] }, (id) => id !== 'UL')).found.size).toBe(0);
  });

  it('is looked up until one active person is found, and never for more than twenty', async () => {
    expect((await gaps({ risk: ids(1000), ...OTHERS }, () => true)).asked).toHaveLength(7);
    const { found, asked } = await gaps({ risk: ids(1000), ...OTHERS }, (id) => id > 'UK');
    expect(asked).toHaveLength(22);
    expect(found.size).toBe(0);
  });

  it('waits for no slow Slack: without an answer, a person counts as active until it comes', async () => {
    let tell: (isActive: boolean) => void = () => undefined;
    const told = new Promise<boolean>((resolve) => {
      tell = resolve;
    });
    const slow = await gaps({ risk: ['U1'], ...OTHERS }, (id) => (id === 'U1' ? told : true));
    expect([slow.found.size, slow.late.length]).toEqual([0, 1]);
    tell(false);
    await slow.late[0];
    expect((await gaps({ risk: ['U1'], ...OTHERS }, (id) => (id === 'U1' ? told : true))).found.size).toBe(1);
  });
});
