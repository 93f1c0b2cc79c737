import type { Actor } from '../../sandbox/workspace';
import type { AppProcess } from './app-process';
import { percentile, rounded } from './figures';
import type { Stage } from './stage';

/** The cost of one submission, ms. */
export interface Sample {
  /** From the command to the open modal. */
  readonly open: number;
  /** From Submit to its acknowledgment. */
  readonly submit: number;
}

/** What is typed into the form. The bare app's form asks the same on one screen, so it is never redrawn. */
const TYPED = {
  'Reason For Feedback': 'SP Feedback from Customer: Negative',
  'Negative Customer Feedback': ['Missed appointment'],
  "Details of Customer's Experience with SP": 'Nobody came on Tuesday, and nobody called.',
};
const PATIENCE_MS = 60_000;

/** Agents who all do the same at the same moment, with one app. */
export class Floor {
  private filed = 0;

  constructor(
    private readonly stage: Stage,
    private readonly app: AppProcess,
  ) {}

  /**
   * One submission by every agent: all type the command at once, all fill, all submit at once. Resolves once what was
   * filed has been delivered, too, so that it does not slow the other app. Rejects if any of it was refused.
   */
  async burst(beforeSubmit: () => Promise<unknown> = async () => undefined): Promise<Sample[]> {
    const { agents } = this.stage;
    const opens = await Promise.all(agents.map((agent) => timed(() => this.open(agent))));
    await Promise.all(agents.map((agent) => agent.fill(TYPED)));
    await beforeSubmit();
    const submits = await Promise.all(agents.map((agent) => timed(() => submit(agent))));
    for (const agent of agents) if (agent.modalCount) await agent.close();
    await this.delivered();
    return opens.map((open, index) => ({ open, submit: submits[index] ?? Number.NaN }));
  }

  /** Bursts until `count` more submissions are filed. */
  async file(count: number): Promise<Sample[]> {
    const samples: Sample[] = [];
    while (samples.length < count) samples.push(...(await this.burst()));
    return samples;
  }

  /** Acknowledges the newest case on its card; resolves once the messages are delivered. */
  async acknowledge(manager: string): Promise<void> {
    const { workspace, channels } = this.stage;
    const [channel = ''] = channels;
    const card = workspace.messages(channel).at(-1);
    if (!card) throw new Error('There is no card.');
    await workspace.as(manager).press('Acknowledge', { in: card });
    await workspace.waitFor(() => workspace.thread(channel, card.ts).length > 1, PATIENCE_MS, 'a line');
    await this.app.do({ ask: 'idle' });
  }

  /** Deletes what was filed: an engine without secondary indexes would end up measuring its own scans. */
  async clear(): Promise<void> {
    await Promise.all(['cases', 'submissions'].map((name) => this.stage.connection.collection(name).deleteMany({})));
  }

  private async open(agent: Actor): Promise<void> {
    const { accounts } = this.stage;
    this.filed += 1;
    const outcome = await agent.command(
      `/sp-feedback ${accounts[this.filed % accounts.length]} ${1_000_000 + this.filed}`,
    );
    if (!outcome.ok) throw new Error(`The command of ${agent.name} failed: ${outcome.message}`);
    await agent.waitForModal();
  }

  private async delivered(): Promise<void> {
    if (this.stage.app === 'bare') return;
    const { workspace, channels } = this.stage;
    const posted = () => channels.reduce((sum, channel) => sum + workspace.messageCount(channel), 0);
    await workspace.waitFor(() => posted() >= this.filed, PATIENCE_MS, `${this.filed} cards`);
    await this.app.do({ ask: 'idle' });
  }
}

async function timed(step: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await step();
  return performance.now() - startedAt;
}

async function submit(agent: Actor): Promise<void> {
  const { closed, updated, errors, failed } = await agent.submit();
  if (!closed && !updated)
    throw new Error(`A submission of ${agent.name} was refused: ${failed ?? JSON.stringify(errors)}`);
}

const PARTS = {
  open: ({ open }: Sample) => open,
  submit: ({ submit }: Sample) => submit,
  whole: ({ open, submit }: Sample) => open + submit,
};
export type Part = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as Part[];

/** Median and 99th percentile of a part, ms. */
export const spread = (samples: readonly Sample[], part: Part) => ({
  p50: rounded(percentile(samples.map(PARTS[part]), 0.5)),
  p99: rounded(percentile(samples.map(PARTS[part]), 0.99)),
});
