import type { AppManifest } from '../block-kit';
import type { ClientMail } from '../client-protocol';
import { Bus } from './bus';
import type { WorkspaceClock } from './clock';
import type { Deliveries } from './deliveries';
import { ResponseUrls, Triggers } from './expiring';
import { Faults } from './faults';
import { randomId, stableId, TsSource } from './ids';
import type { User } from './model';
import { Store } from './store';
import { RateLimits, type Timing } from './timing';
import { Traffic } from './traffic';
import { ViewBoard } from './view-board';

/** What only the host of the sandbox can do. */
export interface Host {
  /** Resolves when the app has nothing to do for people anymore; if the host cannot tell, `settleMs` is used. */
  readonly appAnswered?: (() => Promise<void>) | undefined;
  setDatabaseDown?(down: boolean): Promise<void>;
  clockMoved?(now: Date): Promise<void>;
  /** What the app has mailed, newest first; absent if the host has no mail server. */
  mails?(): readonly ClientMail[];
  /** Whether the page offers its guided tour; by default it does. */
  readonly tour?: boolean;
}

export interface Credentials {
  bot: string;
  app: string;
  signingSecret: string;
}

/** One workspace with one app installed: what every part of the server shares. */
export class Core {
  readonly bus = new Bus();
  readonly store = new Store();
  readonly faults: Faults;
  readonly traffic: Traffic;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly limits: RateLimits;
  readonly views: ViewBoard;
  readonly ts: TsSource;
  readonly scopes: ReadonlySet<string>;
  readonly subscriptions: ReadonlySet<string>;
  readonly team: { id: string; name: string; domain: string };
  readonly app: { id: string; botId: string; bot: User };
  credentials: Credentials = {
    bot: `xoxb-${randomId(24)}`,
    app: `xapp-1-${randomId(24)}`,
    signingSecret: randomId(32),
  };
  /** This server's address, set once it listens. */
  url = '';
  /** Slack's way to the app, by socket or by signed HTTP. Set once by startWorkspace. */
  deliveries: Deliveries | undefined;

  constructor(
    readonly manifest: AppManifest,
    readonly timing: Timing,
    readonly clock: WorkspaceClock,
    readonly host: Host,
    teamName: string,
  ) {
    const { name } = manifest.display_information;
    const displayName = manifest.features?.bot_user?.display_name ?? name;
    this.team = {
      id: stableId('T', teamName),
      name: teamName,
      domain: teamName.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    };
    this.app = {
      id: stableId('A', teamName, name),
      botId: stableId('B', teamName, name),
      bot: {
        id: stableId('U', teamName, 'bot', name),
        name: displayName.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
        realName: displayName,
        email: '',
        tz: 'America/Los_Angeles',
        role: '',
        isBot: true,
        isAdmin: false,
        deleted: false,
        presence: 'active',
      },
    };
    this.scopes = new Set(manifest.oauth_config?.scopes?.bot ?? []);
    this.subscriptions = new Set(manifest.settings?.event_subscriptions?.bot_events ?? []);
    this.ts = new TsSource(() => clock.now());
    this.faults = new Faults(() => this.bus.emit({ type: 'faults' }));
    this.traffic = new Traffic(
      () => clock.now(),
      (entry) => this.bus.emit({ type: 'traffic', entry }),
    );
    this.triggers = new Triggers(timing);
    this.responseUrls = new ResponseUrls(timing);
    this.limits = new RateLimits(timing);
    this.views = new ViewBoard(this);
  }

  nowSec(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }

  get connected(): boolean {
    return this.deliveries?.connected ?? false;
  }

  /** Moves the clock of the workspace and, through the host, of the app. */
  async advanceClock(ms: number): Promise<void> {
    await this.clock.advance(ms);
    this.bus.emit({ type: 'clock' });
    await this.host.clockMoved?.(this.clock.now());
  }

  /** Sets fault switches; the database one goes to the host first. */
  async setFaults(partial: Parameters<Faults['set']>[0]): Promise<void> {
    const { databaseDown } = partial;
    if (databaseDown !== undefined && databaseDown !== this.faults.settings.databaseDown)
      await this.host.setDatabaseDown?.(databaseDown);
    this.faults.set(partial);
  }
}
