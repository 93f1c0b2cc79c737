import type { Connection } from 'mongoose';
import type { Actor, MessageReading, Submission } from '../../sandbox/workspace';
import { connect } from '../../src/db/connection';
import { spStandingStore } from '../../src/db/sp-standings';
import type { SpStanding } from '../../src/domain/sp-standing';
import type { StoredCase } from '../../src/services/ports/cases';
import { type CaseWork, DAY, dmsAbout, startCaseWork } from './case-work';
import { fillForm } from './fill-form';
import { cardIn, fileReport, openReport, UNSAFE } from './reports';

export const DRIVER = 'Sam <Ortiz>, badge 4471';
type Facts = Readonly<Record<string, string | Date>>;

/** A world in which high-risk reports end with something for the SP: a suspension, a ban. */
export interface SanctionWork {
  readonly work: CaseWork;
  readonly connection: Connection;
  as(name: string): Actor;
  /** What is in force for an SP. */
  standingOf(account: string): Promise<SpStanding | null>;
  /** A high-risk report that names a driver. */
  highRisk(account?: string, driver?: string): Promise<StoredCase>;
  /** The card with everything on it. */
  full(stored: StoredCase): Promise<MessageReading>;
  /** Resolves a case, once the window asks for the facts of the outcome. */
  resolve(by: string, card: MessageReading, outcome: string, facts: Facts): Promise<Submission>;
  /** Rosa resolves a case, and Sam approves. */
  sanction(stored: StoredCase, outcome: string, facts: Facts): Promise<void>;
  /** What an agent sees after typing the account. */
  typed(account: string, command?: '/sp-feedback' | '/high-risk'): Promise<string>;
  inDays(days: number): Date;
  stop(): Promise<void>;
}

/** Two people read high-risk reports, and one of them also provider reports. */
async function shareRoles({ as, world }: CaseWork): Promise<void> {
  const { directory, importTarget } = world.app.jobDeps;
  const policy = await directory.policy();
  const roles = {
    ...policy.roles,
    risk: [as('rosa').id, as('sam').id],
    provider_advocate: [as('pat').id, as('rosa').id, as('rita').id],
  };
  await importTarget.savePolicy({ ...policy, roles }, 'test');
  for (const name of ['sam', 'pat']) world.workspace.addMember('risk-desk', name);
  for (const name of ['rosa', 'rita']) world.workspace.addMember('provider-advocates', name);
}

export async function startSanctionWork(): Promise<SanctionWork> {
  const work = await startCaseWork();
  const connection = await connect(work.world.databaseUri, work.world.log);
  await shareRoles(work);
  const { as } = work;
  let nextSj = 980_000;

  const full: SanctionWork['full'] = async ({ ref }) => cardIn(work.world, (await work.now(ref)).stored, 'main');
  const resolve: SanctionWork['resolve'] = async (by, card, outcome, facts) => {
    await work.open(as(by), 'Resolve', card);
    await as(by).fill({ Outcome: outcome });
    await as(by).waitForModal(({ labels }) => Object.keys(facts).every((label) => labels.includes(label)));
    await as(by).fill(facts);
    const outcomeOf = await as(by).submit();
    await work.world.settled();
    return outcomeOf;
  };
  return {
    work,
    connection,
    as,
    standingOf: (account) => spStandingStore(connection, { now: () => work.world.clock.now() }).of(account),
    async highRisk(account = 'ACC100', driver = DRIVER) {
      await openReport(as('amira'), '/high-risk', `${account} ${nextSj++}`);
      await fillForm(as('amira'), { ...UNSAFE, 'Driver or technician': driver });
      return fileReport(work.world, work.records, as('amira'));
    },
    full,
    resolve,
    async sanction(stored, outcome, facts) {
      expect(await resolve('rosa', await full(stored), outcome, facts)).toEqual({ closed: true });
      const dm = dmsAbout(as('sam'), stored.ref).at(-1);
      if (!dm) throw new Error('Sam was not asked.');
      expect(await work.make(as('sam'), 'Approve', dm)).toEqual({ closed: true });
      await work.world.settled();
    },
    async typed(account, command = '/sp-feedback') {
      const form = await openReport(as('ben'), command, `${account} ${nextSj++}`);
      await as('ben').close();
      return form.text;
    },
    inDays: (days) => new Date(+work.world.clock.now() + days * DAY),
    async stop() {
      await connection.close();
      await work.stop();
    },
  };
}
