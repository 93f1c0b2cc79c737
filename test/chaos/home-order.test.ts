import { redrawHome } from '../../src/listeners/home/show-home';
import { moveCase } from '../../src/services/move-case';
import { startCaseWork } from '../support/case-work';
import { type Front, startFront } from '../support/front';
import { until } from '../support/until';

/** Makes someone wait until it is opened. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

it('a Home that Slack gets late from one instance does not stay over the newer one of another', async () => {
  const fronts: Front[] = [];
  const work = await startCaseWork({
    between: async (apiUrl) => {
      const made = await startFront(apiUrl);
      fronts.push(made);
      return made;
    },
  });
  try {
    const { world } = work;
    const [first, second] = [world.app.jobDeps, (await world.another()).jobDeps];
    const dana = work.as('dana');
    const { ref } = (await work.file(work.as('amira'))).stored;
    await dana.openHome();
    await dana.waitForHome(({ text }) => text.includes(ref));
    await redrawHome(second, dana.id);
    const drawings = () => fronts[0]?.count('views.publish') ?? 0;
    const before = drawings();
    await redrawHome(first, dana.id);
    let left = drawings() - before;
    const isListed = async () => (await dana.waitForHome()).text.includes(ref);

    const [caught, held] = [gate(), gate()];
    const landed: boolean[] = [];
    // What is awaited from Slack is drawn later: the last drawing counts.
    fronts[0]?.on('views.publish', async (_args, forward) => {
      if (--left > 0) return null;
      fronts[0]?.on('views.publish', null);
      caught.open();
      await held.opened;
      const body = await forward();
      landed.push(await isListed());
      return { body };
    });
    const late = redrawHome(first, dana.id);
    await caught.opened;
    const { priya = '', ada = '' } = world.workspace.ids.users;
    const move = { type: 'reassign', area: 'East', owner: priya, summary: 'The SP moved east.' } as const;
    const quiet = { ...second, onChanged: () => undefined };
    expect(await moveCase(quiet, { find: { ref }, move, by: ada, key: null })).toMatchObject({ ok: true });
    await redrawHome(second, dana.id);
    await until(async () => !(await isListed()), 'the newer Home');
    held.open();
    await late;
    expect(landed).toEqual([true]);
    await until(async () => !(await isListed()), 'the newer Home again');
  } finally {
    await work.stop();
  }
});
